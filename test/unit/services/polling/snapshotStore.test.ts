import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { Settings } from '../../../../src/core/ports/settings.ts';
import type { Failure } from '../../../../src/core/quota/failure.ts';
import { SnapshotStore } from '../../../../src/services/polling/snapshotStore.ts';
import { LimiterHolds } from '../../../../src/services/requests/limiterHolds.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { askedBefore } from '../../support/askedBefore.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { at, DAY, keyRecord, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
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
    store = askedBefore(new SqliteStore(tempFolder(), NOW));
    snapshots = new SnapshotStore(store, () => SETTINGS, new LimiterHolds(store));
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
        store.keys.addKey(keyRecord(id));
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
    // Three keys share ten calls in twenty minutes, so that these are two minutes apart.
    assert.deepEqual(promised(), [at(3 * MINUTE), at(MINUTE), at(5 * MINUTE)]);
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
    // Three at once, then one every two minutes; the tenth is kept until others leave the window, twenty minutes on.
    const turns = [0, 0, 0, 2, 4, 6, 8, 10, 12, 18, 20].map(minute => at(minute * MINUTE));
    assert.deepEqual(promised(), turns);
    // It is the same of no more keys than there are calls.
    store.transaction(() => store.keys.removeKey(`id-${OURS}`));
    build();
    assert.deepEqual(promised(), turns.slice(0, OURS));
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

describe('the snapshot of all keys', () => {
  let folder: string;
  let store: SqliteStore;
  let settings: Settings;
  let snapshots: SnapshotStore;

  beforeEach(() => {
    folder = tempFolder();
    store = askedBefore(new SqliteStore(folder, NOW));
    settings = SETTINGS;
    snapshots = new SnapshotStore(store, () => settings, new LimiterHolds(store));
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** A key with $15 of $20 left that was checked now; the numbers of its limiter are New API's. */
  function add(id: string, more: Partial<CheckState> = {}, pinned = false): CheckState {
    const key = { id, label: id, kind: 'newApi', baseUrl: ORIGIN, credential: 'apiKey' } as const;
    const state = {
      keyId: id,
      failures: 0,
      reading: reading({ quota: quota(15, 20) }),
      checkedAt: NOW,
      dueAt: NOW + 5 * MINUTE,
      ...more,
    };
    store.transaction(() => {
      store.keys.addKey({ ...key, fingerprint: id, pinned, createdAt: NOW });
      store.states.saveState(state);
    });
    return state;
  }
  const load = (now = NOW) => {
    snapshots.reload(now);
    return build({ now });
  };
  const build = ({
    now = NOW,
    review = false,
    obstacles = NO_OBSTACLES,
  }: {
    now?: number;
    review?: boolean;
    obstacles?: ReadonlyMap<string, Failure>;
  } = {}) => snapshots.buildSnapshot(obstacles, now, review);
  const statuses = () => snapshots.snapshot.map(({ status }) => status);

  it('is there once it was built, and the keys with their intervals before', () => {
    add('a');
    add('b', {}, true);
    snapshots.reload(NOW);
    assert.equal(snapshots.size, 2);
    assert.deepEqual(
      snapshots.entries.map(({ key }) => key.id),
      ['a', 'b'],
    );
    assert.deepEqual(
      snapshots.pinned.map(({ key }) => key.id),
      ['b'],
    );
    assert.deepEqual([snapshots.intervalMsOf('a'), snapshots.intervalMsOf('gone')], [5 * MINUTE, 0]);
    assert.deepEqual(snapshots.snapshot, []);
    assert.equal(build(), true);
    assert.deepEqual(statuses(), ['ok', 'ok']);
  });

  describe('reviewed by base URL', () => {
    const OTHER = 'https://other.example';
    beforeEach(() => {
      add('a');
      add('b');
      store.transaction(() => store.keys.setBaseUrl('b', OTHER));
      load();
      // $15 of $20 are left: 75 per cent.
      settings = { ...SETTINGS, low: { percent: 80, amounts: {} } };
    });

    it('follows changed settings once all were reviewed', () => {
      assert.deepEqual([build(), statuses()], [false, ['ok', 'ok']]);
      for (const step of snapshots.reviewByBaseUrl(NO_OBSTACLES, () => NOW)) assert.equal(step, undefined);
      assert.deepEqual([build(), statuses()], [true, ['low', 'low']]);
    });

    it('takes those of one base URL at each step, also for a snapshot that is built meanwhile', () => {
      const steps = snapshots.reviewByBaseUrl(NO_OBSTACLES, () => NOW);
      steps.next();
      assert.deepEqual([build(), statuses()], [true, ['low', 'ok']]);
      steps.next();
      assert.deepEqual([build(), statuses()], [true, ['low', 'low']]);
      assert.equal(steps.next().done, true);
    });

    it('asks again until when limiters are on hold, which another window may have changed', () => {
      store.transaction(() => store.requests.holdLimiter(OTHER, 'scarce', NOW + 7 * MINUTE, NOW));
      const promised = () => snapshots.snapshot.map(({ nextCheckAt }) => nextCheckAt);
      build();
      assert.deepEqual(promised(), [at(5 * MINUTE), at(5 * MINUTE)]);
      for (const step of snapshots.reviewByBaseUrl(NO_OBSTACLES, () => NOW)) assert.equal(step, undefined);
      build();
      assert.deepEqual(promised(), [at(5 * MINUTE), at(7 * MINUTE)]);
    });
  });

  it('has a key of which no state is stored as unknown', () => {
    add('a');
    store.states.allStates = () => [];
    load();
    const [state] = snapshots.snapshot;
    assert.deepEqual([state?.status, state?.nextCheckAt], ['unknown', undefined]);
  });

  it('is outdated once another window has written, until it is read again', () => {
    add('a');
    load();
    assert.equal(snapshots.isOutdated, false);
    const other = new SqliteStore(folder, NOW);
    other.transaction(() => other.keys.renameKey('a', 'Renamed'));
    other.close();
    assert.equal(snapshots.isOutdated, true);
    load();
    assert.equal(snapshots.isOutdated, false);
    assert.equal(snapshots.snapshot[0]?.label, 'Renamed');
  });

  it('is the same object while nothing changes, also when all is computed again', () => {
    add('a');
    load();
    const before = snapshots.snapshot;
    for (const review of [false, true]) {
      assert.equal(build({ now: NOW + 1, review }), false);
      assert.equal(snapshots.snapshot, before);
    }
  });

  it('is another one when its last key is gone', () => {
    add('a');
    add('b');
    load();
    store.transaction(() => store.keys.removeKey('b'));
    assert.equal(load(), true);
    assert.deepEqual(
      snapshots.snapshot.map(({ id }) => id),
      ['a'],
    );
  });

  it('has a newer state of one key, and the objects of the others', () => {
    const state = add('a');
    add('b');
    load();
    const [, b] = snapshots.snapshot;
    snapshots.setState({ ...state, reading: reading({ quota: quota(4, 20) }) }, NOW);
    assert.equal(build(), true);
    assert.deepEqual(statuses(), ['low', 'ok']);
    assert.equal(snapshots.snapshot[1], b);
    snapshots.setState({ ...state, keyId: 'gone' }, NOW);
    assert.equal(build(), false);
  });

  it('plans again where a newer state takes a key out of the plan', () => {
    // Three keys of one limiter are asked every six minutes, two every five.
    const state = add('a');
    add('b');
    add('c');
    load();
    assert.equal(snapshots.intervalMsOf('b'), 6 * MINUTE);
    snapshots.setState({ ...state, failure: { class: 'bad-key', reason: 'refused-key' } }, NOW);
    build();
    assert.equal(snapshots.intervalMsOf('b'), 5 * MINUTE);
    assert.deepEqual(statuses(), ['invalid', 'ok', 'ok']);
  });

  it('counts the calls of this window when its key has a newer state, and what others did in a review', () => {
    const state = add('a', { dueAt: NOW });
    load();
    const next = () => snapshots.snapshot[0]?.nextCheckAt;
    store.transaction(() => {
      for (let call = 0; call < OURS; call++) store.requests.addCall(ORIGIN, 'scarce', NOW + MINUTE - WINDOW);
    });
    build();
    assert.equal(next(), at(0));
    snapshots.setState(state, NOW);
    build();
    assert.equal(next(), at(MINUTE));
    store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', NOW + 2 * MINUTE, NOW));
    build();
    assert.equal(next(), at(MINUTE));
    build({ review: true });
    assert.equal(next(), at(2 * MINUTE));
  });

  it('says when the keys of a site count against another limiter from now on', () => {
    const state = add('a', { dueAt: NOW });
    add('b', { dueAt: NOW });
    load();
    assert.equal(snapshots.setState(state, NOW), false);
    const billing = { mode: 'key', unit: 'USD 500000', at: NOW, since: NOW };
    const site = { lineage: 'newApi', display: 'USD', unitsPerDollar: 500_000, notes: { billing } };
    store.transaction(() => store.sites.saveSite(ORIGIN, JSON.stringify(site), NOW));
    assert.equal(snapshots.setState(state, NOW), true);
    build();
    assert.deepEqual(new Set(snapshots.entries.map(({ limiterName }) => limiterName)), new Set(['general']));
  });

  it('plans again the keys that count against another limiter since the check of another key of the site', () => {
    const account = add('account', { dueAt: NOW });
    store.transaction(() => {
      const key = store.keys.findKey('account') ?? assert.fail();
      store.keys.removeKey('account');
      store.keys.addKey({ ...key, credential: 'accessToken' });
      store.states.saveState(account);
    });
    add('b', { dueAt: NOW });
    load();
    assert.equal(snapshots.entryOf('b')?.limiterName, 'scarce');
    const billing = { mode: 'key', unit: 'USD 500000', at: NOW, since: NOW };
    const site = { lineage: 'newApi', display: 'USD', unitsPerDollar: 500_000, notes: { billing } };
    store.transaction(() => store.sites.saveSite(ORIGIN, JSON.stringify(site), NOW));
    assert.equal(snapshots.setState(account, NOW), true);
    build();
    assert.equal(snapshots.entryOf('b')?.limiterName, 'general');
  });

  for (const [when, learn] of [
    ['a key has a newer state', (state: CheckState) => snapshots.setState(state, NOW)],
    ['all is computed again', () => build({ review: true })],
  ] as const) {
    it(`plans again where our share is another one as ${when}`, () => {
      const state = add('a');
      add('b');
      add('c');
      load();
      // Three keys share ten calls in twenty minutes, then five.
      assert.equal(snapshots.intervalMsOf('b'), 6 * MINUTE);
      store.transaction(() => store.shares.saveShare(ORIGIN, 'scarce', { share: 0.5, changedAt: NOW }));
      build();
      assert.equal(snapshots.intervalMsOf('b'), 6 * MINUTE);
      learn(state);
      build();
      assert.equal(snapshots.intervalMsOf('b'), 12 * MINUTE);
    });
  }

  it('follows the clock, ahead and back, and says when it will', () => {
    add('a', { reading: reading({ quota: quota(15, 20), expiresAt: at(MINUTE) }) });
    load();
    assert.deepEqual([statuses(), snapshots.until], [['ok'], NOW + MINUTE]);
    assert.equal(build({ now: NOW + MINUTE - 1 }), false);
    assert.equal(build({ now: NOW + MINUTE }), true);
    assert.deepEqual(statuses(), ['expired']);
    assert.ok(snapshots.until > NOW + MINUTE);
    assert.equal(build({ now: NOW }), true);
    assert.deepEqual(statuses(), ['ok']);
  });

  it('does not wait for what a key that is gone would have changed', () => {
    add('a', { reading: reading({ quota: quota(15, 20), expiresAt: at(MINUTE) }) });
    add('b');
    load();
    store.transaction(() => store.keys.removeKey('a'));
    load();
    assert.ok(snapshots.until > NOW + MINUTE);
  });

  it('has what keeps this window from asking, until that is over', () => {
    add('a');
    load();
    const missing = new Map([['a', { class: 'bad-key', reason: 'secret-missing' } as const]]);
    assert.equal(build({ obstacles: missing }), true);
    assert.deepEqual(statuses(), ['invalid']);
    const [before] = snapshots.snapshot;
    build({ obstacles: new Map([['a', { class: 'bad-key', reason: 'secret-missing' } as const]]) });
    assert.equal(snapshots.snapshot[0], before);
    build({ obstacles: new Map([['a', { class: 'bad-key', reason: 'secret-unreadable' } as const]]) });
    assert.equal(snapshots.snapshot[0]?.failure?.reason, 'secret-unreadable');
    assert.equal(build(), true);
    assert.deepEqual(statuses(), ['ok']);
  });

  it('goes by changed settings in a review', () => {
    add('a');
    load();
    settings = { ...SETTINGS, low: { percent: 80, amounts: {} } };
    assert.equal(build(), false);
    assert.equal(build({ review: true }), true);
    assert.deepEqual(statuses(), ['low']);
  });
});
