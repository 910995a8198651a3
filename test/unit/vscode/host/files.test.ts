import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { writeFileAtomically, writeFilesAtomically } from '../../../../src/vscode/host/files.ts';
import { extensionOf } from '../../../../src/vscode/host/fileText.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';

describe('files that are written whole or not at all', () => {
  afterEach(removeTempFolders);

  it('leave nothing beside them, and nothing changed, where one of them cannot be written', async () => {
    const folder = tempFolder();
    const [first, blocker] = [join(folder, 'a.txt'), join(folder, 'b')];
    writeFileSync(first, 'before');
    writeFileSync(blocker, 'a file, and no folder');
    const files = new Map([
      [first, 'after'],
      [join(blocker, 'c.txt'), 'new'],
    ]);
    await assert.rejects(writeFilesAtomically(files));
    assert.deepEqual(readdirSync(folder), ['a.txt', 'b']);
    assert.equal(readFileSync(first, 'utf8'), 'before');
  });

  it('are in folders that are made for them', async () => {
    const file = join(tempFolder(), 'new', 'a.txt');
    await writeFileAtomically(file, 'text');
    assert.equal(readFileSync(file, 'utf8'), 'text');
  });
});

describe('the extension of a file name', () => {
  for (const [path, extension] of [
    ['/a.b/usage.CSV', 'csv'],
    ['/a.b/usage', ''],
    ['', ''],
  ] as const)
    it(`${JSON.stringify(path)}: ${JSON.stringify(extension)}`, () =>
      assert.equal(extensionOf(path), extension));
});
