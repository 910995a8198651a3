import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { newApi } from '../../../../src/gateways/newApi/newApi.ts';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { LimiterHolds } from '../../../../src/services/requests/limiterHolds.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { keyRecord, MINUTE, NOW } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
/** New API lets ten calls of ours through in 20 minutes. */
const OURS = 10;
const WINDOW = 20 * MINUTE;

describe('until when keys wait for their limiter', () => {
  let store: SqliteStore;
  let holds: LimiterHolds;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    holds = new LimiterHolds(store);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** A key that is due so many milliseconds from now; never, without. */
  const key = (id: string, dueIn?: number, isKnown = true, calls = OURS): PolledKey => ({
    key: keyRecord(id),
    gateway: isKnown ? newApi : undefined,
    state: { keyId: id, failures: 0, dueAt: dueIn === undefined ? undefined : NOW + dueIn },
    intervalMs: 5 * MINUTE,
    limiterName: isKnown ? 'scarce' : '',
    limiter: { calls, windowMs: WINDOW, holdMs: WINDOW },
    limiterId: isKnown ? `${ORIGIN} scarce` : `${ORIGIN} `,
    isOneOfMany: false,
    isOneOfManyNew: false,
    isSaturated: false,
    urgent: false,
    pace: 'close',
  });
  const held = (...keys: readonly PolledKey[]) =>
    [...holds.heldUntilByKey(keys, NOW)].map(([id, until]) => [id, until - NOW]);
  /** As many calls as there is room for, which leave the window 1, 2, 3 … 10 minutes from now. */
  const fill = () =>
    store.transaction(() => {
      for (let index = 1; index <= OURS; index++)
        store.requests.addCall(ORIGIN, 'scarce', NOW + index * MINUTE - WINDOW);
    });

  it('is told of those alone that are due before there is room', () => {
    fill();
    assert.deepEqual(held(key('late', 2 * MINUTE), key('overdue', -MINUTE)), [['overdue', MINUTE]]);
    assert.deepEqual(held(key('just then', MINUTE)), []);
  });

  it('leaves out keys whose account is asked instead', () => {
    const crowd = Array.from({ length: OURS + 1 }, (_, index) => key(`key ${index}`, 0));
    assert.equal(held(...crowd).length, 1);
    const [first, ...others] = crowd as [PolledKey, ...PolledKey[]];
    assert.deepEqual(held({ ...first, account: others[0]?.key }, ...others), []);
  });

  it('is not told where there is room from this moment on', () => {
    fill();
    assert.deepEqual([...holds.heldUntilByKey([key('a', 0)], NOW + MINUTE)], []);
    store.transaction(() => store.requests.holdLimiter(ORIGIN, 'other', NOW + MINUTE, NOW));
    holds.forgetAll();
    assert.deepEqual([...holds.heldUntilByKey([key('a', 0)], NOW + MINUTE)], []);
  });

  for (const [what, until] of [
    ['ends at this moment', 0],
    ['is over', -5 * MINUTE],
  ] as const) {
    it(`is not told by a hold that ${what}`, () => {
      store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', NOW + until, NOW - 10 * MINUTE));
      const overdue = Array.from({ length: OURS + 1 }, (_, index) => key(`${index}`, index - 10 * MINUTE));
      assert.deepEqual(held(...overdue), [['10', WINDOW]], 'one more than there is room for');
    });
  }

  it('is not told for a key whose checks are paused, and it takes no place', () => {
    fill();
    assert.deepEqual(held(key('paused'), key('due', 0)), [['due', MINUTE]]);
  });

  it('is not told for a key of an unknown kind, which has no limiter', () => {
    fill();
    assert.deepEqual(held(key('unknown', 0, false), key('due', 0)), [['due', MINUTE]]);
  });

  it('goes by what is ours of the limiter, and pays back what a check took beyond that', () => {
    const one = (id: string) => key(id, 0, true, 1);
    store.transaction(() => store.requests.addCall(ORIGIN, 'scarce', NOW - 5 * MINUTE));
    assert.deepEqual(held(one('a'), one('b')), [
      ['a', 15 * MINUTE],
      ['b', 35 * MINUTE],
    ]);
    // Two calls that belonged together were two windows' worth.
    store.transaction(() => store.requests.addCall(ORIGIN, 'scarce', NOW - 5 * MINUTE));
    holds.forgetAll();
    assert.deepEqual(held(one('a'), one('b')), [
      ['a', 35 * MINUTE],
      ['b', 55 * MINUTE],
    ]);
  });

  it('is read once, until there was another call', () => {
    const due = key('due', 0);
    assert.deepEqual(held(due), []);
    fill();
    assert.deepEqual(held(due), []);
    holds.forget(due);
    assert.deepEqual(held(due), [['due', MINUTE]]);
  });

  describe('promises the same moments while nothing changes', () => {
    /** Two more than there is room for, of which all are due. */
    const crowd = Array.from({ length: OURS + 2 }, (_, index) => key(`${index}`, -MINUTE));
    const at = (now: number, keys: readonly PolledKey[] = crowd) =>
      [...holds.heldUntilByKey(keys, NOW + now)].map(([id, until]) => [id, until - NOW]);
    const PROMISED = [
      ['10', WINDOW],
      ['11', WINDOW],
    ];

    it('though time goes on', () => {
      assert.deepEqual(at(0), PROMISED);
      assert.deepEqual(at(MINUTE), PROMISED);
    });

    it('and others from the first of them on, or when a key is due that was not', () => {
      at(0);
      assert.deepEqual(
        at(WINDOW).map(([, until]) => until),
        [2 * WINDOW, 2 * WINDOW],
      );
      const late = [...crowd.slice(1), key('late', MINUTE)];
      assert.deepEqual(at(0, late), [
        ['11', WINDOW],
        ['late', WINDOW],
      ]);
      assert.deepEqual(
        at(MINUTE, late).map(([, until]) => until),
        [WINDOW + MINUTE, WINDOW + MINUTE],
      );
    });

    it('and others after a clock was put back, after a call, and for other keys', () => {
      const shifted = (now: number) => at(now).map(([, until]) => until);
      at(0);
      assert.deepEqual(shifted(-1), [WINDOW - 1, WINDOW - 1]);
      holds.forget(crowd[0] ?? assert.fail());
      assert.deepEqual(shifted(MINUTE), [WINDOW + MINUTE, WINDOW + MINUTE]);
      assert.deepEqual(at(2 * MINUTE, crowd.slice(1)), [['11', WINDOW + 2 * MINUTE]]);
    });

    it('and others once a person waits for a key', () => {
      at(0);
      const call = { baseUrl: ORIGIN, limiter: 'scarce', keyId: '11', purpose: 'check' } as const;
      store.transaction(() => {
        for (const each of crowd) store.keys.addKey(each.key);
        store.waiting.saveWaiting(call, NOW, NOW + WINDOW);
      });
      assert.deepEqual(
        at(0).map(([id]) => id),
        ['9', '10'],
      );
    });
  });
});
