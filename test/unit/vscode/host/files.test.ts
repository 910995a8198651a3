import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
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

  describe('on a disk that refuses some of it', () => {
    const { rename, rm } = promises;
    afterEach(() => replace({ rename, rm }));
    const replace = (calls: Partial<typeof promises>) => {
      Object.assign(promises, calls);
      syncBuiltinESMExports();
    };
    const refused = (code: string) => Promise.reject(Object.assign(new Error('refused'), { code }));
    /** Files of before, and what is to be written to them. */
    const files = (...names: string[]) => {
      const folder = tempFolder();
      const paths = names.map(name => join(folder, name));
      for (const path of paths) writeFileSync(path, 'before');
      const texts = () => paths.map(path => readFileSync(path, 'utf8'));
      return { folder, texts, wanted: new Map(paths.map(path => [path, 'after'])) };
    };

    it('are saved where only the copies of before cannot be removed', async () => {
      const { texts, wanted } = files('a.txt', 'b.txt');
      replace({ rm: () => refused('EBUSY') });
      await writeFilesAtomically(wanted);
      assert.deepEqual(texts(), ['after', 'after']);
    });

    it('are put back one by one, and said to be saved in part where one cannot be', async () => {
      const { folder, texts, wanted } = files('a.txt', 'b.txt', 'c.txt');
      let calls = 0;
      // The fourth call puts the first file back.
      replace({ rename: (from, to) => ([3, 4].includes(++calls) ? refused('EBUSY') : rename(from, to)) });
      await assert.rejects(
        writeFilesAtomically(wanted),
        /^Error: Only some of the files were saved, .*\(EBUSY\)\. Close them/,
      );
      assert.deepEqual(texts(), ['after', 'before', 'before']);
      assert.deepEqual(readdirSync(folder), ['a.txt', 'b.txt', 'c.txt']);
    });

    for (const [code, next] of [
      ['EBUSY', /^Error: Nothing was saved, .*\(EBUSY\)\. Close the file in other programs, or choose/],
      ['EROFS', /^Error: Nothing was saved, .*\(EROFS\)\. Choose another folder\.$/],
    ] as const)
      it(`say what to do after ${code}`, async () => {
        const { texts, wanted } = files('a.txt');
        replace({ rename: () => refused(code) });
        await assert.rejects(writeFilesAtomically(wanted), next);
        assert.deepEqual(texts(), ['before']);
      });
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
