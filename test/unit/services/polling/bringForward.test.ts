import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { bringForward } from '../../../../src/services/polling/bringForward.ts';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
const NO_ROOM = { class: 'rate-limited', reason: 'too-many-requests' } as const;
const TIMEOUT = { class: 'transient', reason: 'timeout' } as const;

describe('keys whose interval became shorter', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
  });
  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** When a key is due that was checked now, at an interval of five minutes. */
  function dueIn(more: Partial<CheckState>, relimited?: ReadonlySet<string>): number {
    const state: CheckState = { keyId: 'a', failures: 0, checkedAt: NOW, dueAt: NOW + HOUR, ...more };
    const key = { id: 'a', baseUrl: ORIGIN, createdAt: NOW, pinned: false } as KeyRecord;
    store.transaction(() => {
      store.keys.addKey({ ...key, label: 'a', kind: 'newApi', credential: 'apiKey', fingerprint: 'f' });
      store.states.saveState(state);
    });
    bringForward(store, [{ key, state, intervalMs: 5 * MINUTE } as PolledKey], relimited);
    return ((store.states.stateOf('a')?.dueAt ?? 0) - NOW) / MINUTE;
  }

  it('are due after it', () => assert.equal(dueIn({}), 5));
  it('keep their time where it comes before', () => assert.equal(dueIn({ dueAt: NOW + MINUTE }), 1));
  it('keep their time while they fail', () =>
    assert.equal(dueIn({ failure: TIMEOUT }, new Set([ORIGIN])), 60));
  it('keep their time while their limiter has no room', () => assert.equal(dueIn({ failure: NO_ROOM }), 60));
  it('are due after it where they are asked by another limiter than the one without room', () =>
    assert.equal(dueIn({ failure: NO_ROOM }, new Set([ORIGIN])), 5));
  it('keep their time where that is so at another origin', () =>
    assert.equal(dueIn({ failure: NO_ROOM }, new Set(['https://other.example'])), 60));
});
