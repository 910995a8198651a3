import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { SnapshotStore } from '../../../../src/services/polling/snapshotStore.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { at, DAY, MINUTE, NOW } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

const ORIGIN = 'https://gw.example';
const NO_OBSTACLES = new Map();

/** New API lets 20 calls through in 20 minutes, of which half are ours. */
const WINDOW = 20 * MINUTE;
const OURS = 10;

describe('the snapshot of keys whose limiter has no room', () => {
  let store: SqliteStore;
  let snapshots: SnapshotStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    snapshots = new SnapshotStore(store, () => SETTINGS);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** Keys that have never had an answer, each due at such a time from now. */
  function keys(...dueMs: readonly number[]): void {
    store.transaction(() => {
      for (const [index, due] of dueMs.entries()) {
        const id = `id-${index}`;
        store.keys.addKey({
          id,
          label: id,
          kind: 'newApi',
          origin: ORIGIN,
          credential: 'apiKey',
          fingerprint: id,
          pinned: false,
          createdAt: NOW,
        });
        const failure = { class: 'transient', reason: 'timeout' } as const;
        store.states.saveState({
          keyId: id,
          failures: 1,
          failure,
          checkedAt: NOW - MINUTE,
          dueAt: NOW + due,
        });
      }
    });
  }
  const sent = (...ms: readonly number[]) =>
    store.transaction(() => {
      for (const each of ms) store.requests.addCall(ORIGIN, 'scarce', NOW + each);
    });
  const build = (now = NOW) => {
    snapshots.reload(now);
    return snapshots.buildSnapshot(NO_OBSTACLES, now, false);
  };
  const promised = () => snapshots.snapshot.map(({ nextCheckAt }) => nextCheckAt);

  it('promises each key the moment at which there is room for it, in the order in which they are due', () => {
    keys(0, -2 * MINUTE, 5 * MINUTE);
    // Calls leave the window 1, 2, 3 … 10 minutes from now.
    sent(...Array.from({ length: OURS }, (_, index) => index * MINUTE + MINUTE - WINDOW));
    build();
    assert.deepEqual(promised(), [at(2 * MINUTE), at(MINUTE), at(5 * MINUTE)]);
  });

  it('holds until the first of these moments, and is another one then', () => {
    keys(0);
    sent(...Array.from({ length: OURS }, () => 3 * MINUTE - WINDOW));
    build();
    assert.equal(snapshots.until, NOW + 3 * MINUTE);
    assert.equal(build(NOW + 3 * MINUTE - 1), false);
    assert.equal(build(NOW + 3 * MINUTE), true);
    assert.deepEqual(promised(), [at(0)], 'there is room, and it is due since');
  });

  it('holds for ever where there is room', () => {
    keys(0);
    sent(...Array.from({ length: OURS - 1 }, () => 3 * MINUTE - WINDOW));
    build();
    assert.deepEqual([promised(), snapshots.until], [[at(0)], Number.POSITIVE_INFINITY]);
  });

  it('promises what a gateway asked for, and no more than a day from now', () => {
    keys(0);
    store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', NOW + 7 * MINUTE, NOW));
    build();
    assert.deepEqual([promised(), snapshots.until], [[at(7 * MINUTE)], NOW + 7 * MINUTE]);
    store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', NOW + 3 * DAY, NOW));
    build();
    assert.deepEqual(promised(), [at(DAY)]);
  });

  it('promises no later than a window from now after a clock was put back', () => {
    keys(0);
    sent(...Array.from({ length: OURS }, () => 30 * DAY));
    build();
    assert.deepEqual(promised(), [at(WINDOW)]);
  });

  it('counts keys that are promised a turn as calls for those behind them', () => {
    keys(...Array.from({ length: OURS + 1 }, () => 0));
    build();
    assert.deepEqual(promised(), [...Array.from({ length: OURS }, () => at(0)), at(WINDOW)]);
  });

  it('keeps the object of a key of which nothing changed, and drops a key that is gone', () => {
    keys(0, MINUTE);
    build();
    const [first, second] = snapshots.snapshot;
    assert.equal(build(NOW + 1), false);
    assert.equal(snapshots.snapshot[0], first);
    store.transaction(() => store.keys.removeKey('id-0'));
    assert.equal(build(NOW + 2), true);
    assert.deepEqual(snapshots.snapshot, [second]);
    assert.equal(snapshots.snapshot[0], second);
  });
});
