import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { Failure } from '../../../../src/core/quota/failure.ts';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { resetBackoff } from '../../../../src/services/polling/resetBackoff.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';

const INTERVAL = 5 * MINUTE;
const TIMEOUT: Failure = { class: 'transient', reason: 'timeout' };

describe('a backoff that is taken away', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** A key that was checked a minute ago and is due in an hour. */
  function delayed(id: string, more: Partial<CheckState> = {}): PolledKey {
    const state: CheckState = {
      keyId: id,
      failures: 4,
      failure: TIMEOUT,
      checkedAt: NOW - MINUTE,
      dueAt: NOW + HOUR,
      ...more,
    };
    const key = {
      id,
      label: id,
      kind: 'newApi',
      baseUrl: 'https://gw.example',
      credential: 'apiKey',
    } as const;
    store.transaction(() => {
      store.keys.addKey({ ...key, fingerprint: id, pinned: false, createdAt: NOW });
      store.states.saveState(state);
    });
    return { key, state, intervalMs: INTERVAL } as unknown as PolledKey;
  }
  const dueIn = (id: string) => (store.states.stateOf(id)?.dueAt ?? 0) - NOW;

  it('leaves the interval since the last check', () => {
    const entry = delayed('a');
    assert.deepEqual(resetBackoff(store, [entry]), [{ ...entry.state, dueAt: NOW + 4 * MINUTE }]);
    assert.equal(dueIn('a'), 4 * MINUTE);
  });

  const OTHERS: Readonly<Record<string, Partial<CheckState>>> = {
    'that the gateway refuses': { failure: { class: 'bad-key', reason: 'refused-key' } },
    'that has ended': { failure: { class: 'expired', reason: 'past-expiry' } },
    'whose refusal is doubted': {
      failure: { class: 'transient', reason: 'doubted-refusal', doubted: 'bad-key' },
    },
    'that answered': { failure: undefined },
    'that was never checked': { checkedAt: undefined },
    'that is due by then': { dueAt: NOW + 4 * MINUTE },
  };
  for (const [what, more] of Object.entries(OTHERS)) {
    it(`leaves a key alone ${what}`, () => {
      const entry = delayed('a', more);
      const before = dueIn('a');
      assert.deepEqual(resetBackoff(store, [entry]), []);
      assert.equal(dueIn('a'), before);
    });
  }

  it('leaves a key alone whose checks are paused', () => {
    const entry = delayed('a');
    const { dueAt: _, ...paused } = entry.state;
    assert.deepEqual(resetBackoff(store, [{ ...entry, state: paused }]), []);
    assert.equal(dueIn('a'), HOUR);
  });

  it('leaves a key alone that another window has checked meanwhile', () => {
    const entries = [delayed('a'), delayed('b')];
    const { state } = entries[0] ?? assert.fail();
    store.transaction(() => store.states.saveState({ ...state, checkedAt: NOW }));
    assert.deepEqual(
      resetBackoff(store, entries).map(({ keyId }) => keyId),
      ['b'],
    );
    assert.deepEqual([dueIn('a'), dueIn('b')], [HOUR, 4 * MINUTE]);
  });

  it('writes nothing where there is none', () => {
    store.transaction = () => assert.fail('A transaction for nothing.');
    assert.deepEqual(resetBackoff(store, []), []);
  });
});
