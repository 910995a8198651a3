import assert from 'node:assert/strict';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { after, beforeEach, describe, it } from 'mocha';
import { recompress } from '../../build/recompress.ts';
import { readZip } from '../../build/zip.ts';
import { removeTempFolders, tempFolder } from './support/folders.ts';

const text = (value: string) => new TextEncoder().encode(value);
const SOURCE = Array.from({ length: 300 }, (_, index) => `export const value${index} = ${index * 7};`).join(
  '\n',
);
const FILES: Zippable = {
  'extension/dist/main.js': text(SOURCE),
  'extension/说明.md': text('说明 '.repeat(40)),
  // Shorter than it would be compressed.
  'extension/a.txt': text('a'),
  'extension/empty': new Uint8Array(),
};

describe('a package that is compressed once more', () => {
  let file: string;
  let cache: string;

  beforeEach(() => {
    file = join(tempFolder(), 'a.vsix');
    cache = join(tempFolder(), 'cache');
  });
  after(removeTempFolders);

  async function made(files: Zippable, mtime: string): Promise<Buffer> {
    writeFileSync(file, zipSync(files, { level: 9, mtime }));
    await recompress(file, cache);
    return readFileSync(file);
  }

  it('holds the same files, in the same order, in less room', async () => {
    const before = zipSync(FILES, { level: 9 });
    const zip = await made(FILES, '2026-10-01');
    assert.deepEqual(Object.entries(unzipSync(zip)), Object.entries(FILES));
    assert.ok(zip.length < before.length);
  });

  it('is the same whenever it is made', async () => {
    assert.deepEqual(await made(FILES, '2026-10-01'), await made(FILES, '2026-11-02'));
  });

  it('goes by no damaged result of before', async () => {
    const zip = await made(FILES, '2026-10-01');
    for (const name of readdirSync(cache)) writeFileSync(join(cache, name), 'damaged');
    assert.deepEqual(await made(FILES, '2026-10-01'), zip);
  });

  it('forgets results that no build has used for a week, and only those', async () => {
    await made({ 'a.txt': text('old '.repeat(9)) }, '2026-10-01');
    const [old = ''] = readdirSync(cache);
    const eightDaysAgo = new Date(Date.now() - 8 * 86_400_000);
    utimesSync(join(cache, old), eightDaysAgo, eightDaysAgo);
    await made({ 'b.txt': text('new '.repeat(9)) }, '2026-10-01');
    const left = readdirSync(cache);
    assert.equal(left.length, 1);
    assert.ok(!left.includes(old));
    utimesSync(join(cache, left[0] ?? ''), eightDaysAgo, eightDaysAgo);
    await made({ 'b.txt': text('new '.repeat(9)) }, '2026-10-01');
    assert.deepEqual(readdirSync(cache), left);
  });

  it('is not made of a damaged one', () => {
    const zip = Buffer.from(zipSync({ 'a.txt': [text('something'), { level: 0 }] }));
    const at = zip.indexOf('something');
    zip.write('anything ', at);
    assert.throws(() => readZip(zip), /a\.txt is damaged/);
    assert.throws(() => readZip(zip.subarray(0, at)), /no archive/);
  });
});
