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

  it('are as before where one of them cannot be replaced after others were', async () => {
    const folder = tempFolder();
    const [first, second, third] = ['a.txt', 'b.txt', 'c'].map(name => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(first, 'before');
    // The folder of the last file stands where the third should be.
    const files = [first, second, third, join(third, 'd.txt')].map(path => [path, 'after'] as const);
    await assert.rejects(writeFilesAtomically(new Map(files)), /^Error: Nothing was saved, .*\(E[A-Z]+\)/);
    assert.deepEqual(readdirSync(folder), ['a.txt', 'c']);
    assert.equal(readFileSync(first, 'utf8'), 'before');
    await writeFilesAtomically(new Map(files.slice(0, 2)));
    assert.deepEqual(readdirSync(folder), ['a.txt', 'b.txt', 'c']);
    assert.equal(readFileSync(first, 'utf8'), 'after');
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
