import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isFilesGone, lazyImport, setFilesGoneHandler } from '../../../src/core/lazyImport.ts';

const SENTENCE = 'Reload the window.';

describe('a part that is loaded late', () => {
  const missing = () => lazyImport(() => import(new URL('./gone.ts', import.meta.url).href));

  it('comes as it is', async () => {
    assert.equal((await lazyImport(() => import('node:path'))).sep.length, 1);
  });

  it('whose file is gone is told in a sentence, and that once', async () => {
    let told = 0;
    setFilesGoneHandler({ error: () => new Error(SENTENCE), notify: () => told++ });
    for (let time = 0; time < 3; time++) {
      await assert.rejects(missing(), (error: unknown) => {
        assert.ok(error instanceof Error);
        assert.equal(error.message, SENTENCE);
        assert.ok(isFilesGone(error));
        assert.doesNotMatch(String(error.stack), /Cannot find module/);
        return true;
      });
    }
    assert.equal(told, 1);
  });

  it('that fails by itself is not said to be gone', async () => {
    let told = 0;
    setFilesGoneHandler({ error: () => new Error(SENTENCE), notify: () => told++ });
    await assert.rejects(
      lazyImport(() => Promise.reject(new TypeError('broken'))),
      (error: Error) => error.message === 'broken' && !isFilesGone(error),
    );
    assert.equal(told, 0);
  });

  it('that is aborted is not said to be gone', () => {
    assert.equal(isFilesGone(AbortSignal.abort().reason), false);
  });
});
