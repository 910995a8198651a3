import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { storedSnapshot } from '../../../../src/services/polling/storedSnapshot.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { at, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

describe('what is known before anyone was asked', () => {
  it('is what the database holds of each key, with a sentence for what failed', async () => {
    const store = new SqliteStore(tempFolder(), NOW);
    const key = {
      label: 'Team',
      kind: 'newApi',
      baseUrl: 'https://gw.example',
      credential: 'apiKey',
    } as const;
    store.transaction(() => {
      store.keys.addKey({ ...key, id: 'a', fingerprint: 'a', pinned: false, createdAt: NOW });
      store.states.saveState({
        keyId: 'a',
        failures: 1,
        reading: reading({ quota: quota(4, 20) }),
        failure: { class: 'transient', reason: 'timeout' },
        checkedAt: NOW,
        dueAt: NOW + MINUTE,
      });
    });
    const [state, ...others] = await storedSnapshot(store, SETTINGS, NOW);
    store.close();
    removeTempFolders();
    assert.deepEqual(others, []);
    assert.deepEqual([state?.id, state?.status, state?.nextCheckAt], ['a', 'low', at(MINUTE)]);
    assert.match(state?.failure?.message ?? '', /^https:\/\/gw\.example did not answer /);
  });
});
