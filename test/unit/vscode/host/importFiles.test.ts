import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { UnreadableFileError } from '../../../../src/services/importing/foundKey.ts';
import { readCcSwitchRows, readKeyFile, readPlaceText } from '../../../../src/vscode/host/importFiles.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';

describe('files that keys are imported from', () => {
  after(removeTempFolders);

  it('are given up at once where they are pipes that nobody writes to', async () => {
    if (process.platform === 'win32') return;
    const folder = tempFolder();
    // Node reads files by four threads: as many pipes that wait would leave none for anybody.
    const pipes = [1, 2, 3, 4].map(number => join(folder, `pipe${number}`));
    for (const pipe of pipes) execFileSync('mkfifo', [pipe]);
    for (const pipe of pipes) {
      await assert.rejects(readPlaceText(pipe), isOfUnknownForm);
      await assert.rejects(readKeyFile(pipe), isOfUnknownForm);
    }
    const usual = join(folder, 'usual.json');
    writeFileSync(usual, '{}');
    assert.equal(await readFile(usual, 'utf8'), '{}');
  });

  it('are given up unread where they are too large', async () => {
    const file = join(tempFolder(), 'large.zip');
    writeFileSync(file, '');
    truncateSync(file, 100 * 1024 * 1024 + 1);
    await assert.rejects(readKeyFile(file), { name: 'UnreadableFileError', reason: 'too-large' });
    await assert.rejects(readPlaceText(file), { name: 'UnreadableFileError', reason: 'too-large' });
    truncateSync(file, 3);
    assert.equal((await readKeyFile(file)).length, 3);
  });

  it('are given up where they are folders, and left out where there are none', async () => {
    const folder = join(tempFolder(), 'settings.json');
    mkdirSync(folder);
    await assert.rejects(readPlaceText(folder), isOfUnknownForm);
    await assert.rejects(readKeyFile(folder), isOfUnknownForm);
    assert.equal(await readPlaceText(join(folder, 'none.json')), undefined);
  });

  it('are no databases where they are pipes or folders', () => {
    const folder = tempFolder();
    assert.throws(() => readCcSwitchRows(folder), UnreadableFileError);
    if (process.platform === 'win32') return;
    const pipe = join(folder, 'cc-switch.db');
    execFileSync('mkfifo', [pipe]);
    assert.throws(() => readCcSwitchRows(pipe), UnreadableFileError);
  });
});

function isOfUnknownForm(error: unknown): boolean {
  return error instanceof UnreadableFileError && error.reason === 'unknown-format';
}
