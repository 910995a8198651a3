import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { race } from '../../support/race.ts';
import { at, keyRecord, NOW, quota, reading } from '../../support/samples.ts';

const WINDOWS = 5;
const KEYS = Array.from({ length: 40 }, (_, index) => `key-${index + 10}`);

describe('a race for warnings', () => {
  afterEach(removeTempFolders);

  it('of five windows that look at the very same moment, one shows each warning', async function () {
    // Five more threads take their time to start on a busy machine.
    this.timeout(120_000);
    const folder = tempFolder();
    const store = new SqliteStore(folder, NOW);
    store.transaction(() => {
      for (const id of KEYS) {
        store.keys.addKey(keyRecord(id, { createdAt: NOW - 1 }));
        const figures = reading({ takenAt: at(0), quota: quota(4, 100), expiresAt: null });
        store.states.saveState({ keyId: id, failures: 0, checkedAt: NOW, reading: figures });
      }
    });
    store.close();
    const shown = await race<string[]>(
      new URL('../../support/warningRacer.ts', import.meta.url),
      WINDOWS,
      folder,
      NOW,
    );
    assert.deepEqual(
      shown.flat().sort(),
      KEYS.map(id => `${id} low`),
    );
  });
});
