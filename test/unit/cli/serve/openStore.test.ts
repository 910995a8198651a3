import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CannotStart, writeAtStart } from '../../../../src/cli/serve/openStore.ts';
import { NotSavedError } from '../../../../src/core/ports/notSavedError.ts';

describe('what a server writes at its start', () => {
  const sentenceFor = (error: Error) =>
    writeAtStart(() => Promise.reject(error)).then(assert.fail, (thrown: Error) => [
      thrown instanceof CannotStart,
      thrown.message,
    ]);

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
