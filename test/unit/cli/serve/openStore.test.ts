import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { CannotStart, openStore, writeAtStart } from '../../../../src/cli/serve/openStore.ts';
import { createServerLog } from '../../../../src/cli/serve/serverLog.ts';
import { NotSavedError } from '../../../../src/core/ports/notSavedError.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';

describe('what a server writes at its start', () => {
  const sentenceFor = (error: Error) =>
    writeAtStart(() => Promise.reject(error)).then(assert.fail, (thrown: Error) => [
      thrown instanceof CannotStart,
      thrown.message,
    ]);

  it('is not said twice where it does not start for it', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'key-quota.db'));
    const lines: string[] = [];
    const log = createServerLog(line => lines.push(line));
    await assert.rejects(openStore(folder, log), CannotStart);
    assert.deepEqual(lines, []);
    removeTempFolders();
  });

  it('is said in a sentence where the database does not keep it', async () => {
    assert.deepEqual(await sentenceFor(new NotSavedError('locked')), [
      true,
      'Another program keeps the database locked.',
    ]);
    assert.deepEqual(await sentenceFor(new NotSavedError('damaged')), [true, 'The database was damaged.']);
    assert.deepEqual(await sentenceFor(new Error('a mistake of ours')), [false, 'a mistake of ours']);
    assert.equal(await writeAtStart(async () => 1), 1);
  });
});
