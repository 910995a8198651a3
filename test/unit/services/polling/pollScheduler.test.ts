import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { PollPace } from '../../../../src/core/quota/pollPace.ts';
import { newApi } from '../../../../src/gateways/newApi/newApi.ts';
import { PollScheduler } from '../../../../src/services/polling/pollScheduler.ts';
import type { ReserveOptions } from '../../../../src/services/requests/requestBudget.ts';
import { DAY, HOUR, MINUTE, NOW, reading } from '../../support/samples.ts';

type Parts = ConstructorParameters<typeof PollScheduler>;

const NEVER = Number.POSITIVE_INFINITY;

interface Waiting {
  /** From now; undefined while checks are paused. */
  readonly dueIn?: number;
  /** Before now; undefined for a key that was never asked about. */
  readonly checkedAgo?: number;
  readonly pinned?: boolean;
  /** Since when a person wants it not to be asked. */
  readonly pausedAt?: number;
  readonly intervalMs?: number;
  readonly isSaturated?: boolean;
  readonly pace?: PollPace;
  readonly hasReading?: boolean;
  readonly isFailing?: boolean;
  readonly urgent?: boolean;
  readonly unchangedSince?: number;
  readonly limiterId?: string;
}

interface Situation {
  readonly focused?: boolean;
  readonly isShared?: boolean;
  readonly isWatched?: boolean;
  readonly isLocked?: boolean;
  readonly isReachable?: boolean;
  readonly cannotCheck?: boolean;
  readonly isRunning?: boolean;
  /** For whose checks a person waits. */
  readonly asked?: readonly string[];
  /** How many checks may run at once. */
  readonly places?: number;
  /** What comes of each start, one after the other; it is under way where nothing is said. */
  readonly starts?: readonly (number | 'taken' | undefined)[];
}

/** What a window starts of some keys, when it looks again, and what each start leaves to others. */
function look(keys: readonly Waiting[], situation: Situation = {}) {
  const { focused = true, isShared = true, isReachable = true, starts = [], places = NEVER } = situation;
  const entries = keys.map(
    (
      { dueIn, checkedAgo, pinned = false, pausedAt, hasReading, isFailing, unchangedSince, ...more },
      index,
    ) => ({
      key: { id: `${index}`, baseUrl: 'https://gw.example', pinned, pausedAt },
      gateway: newApi,
      limiterName: 'scarce',
      limiter: newApi.limiters.scarce,
      limiterId: 'gw scarce',
      intervalMs: 5 * MINUTE,
      urgent: false,
      ...more,
      state: {
        keyId: `${index}`,
        failures: 0,
        reading: hasReading ? reading() : undefined,
        failure: isFailing ? { class: 'transient', reason: 'timeout' } : undefined,
        unchangedSince,
        dueAt: dueIn === undefined ? undefined : NOW + dueIn,
        checkedAt: checkedAgo === undefined ? undefined : NOW - checkedAgo,
      } satisfies CheckState,
    }),
  );
  let ended = 0;
  let readsOfAll = 0;
  const started: { readonly id: string; readonly options: ReserveOptions }[] = [];
  const checks = {
    running: () => (situation.isRunning ? Promise.resolve() : undefined),
    canCheck: () => !situation.cannotCheck,
    takeNextStartable: (line: unknown[]) => (started.length - ended < places ? line.shift() : undefined),
    start: ({ key: { id } }: (typeof entries)[number], options: ReserveOptions) => {
      const outcome = starts[started.length];
      started.push({ id, options });
      if (outcome === undefined) return { done: Promise.resolve() };
      return outcome === 'taken' ? { refused: 'taken' } : { refused: 'held', freeAt: NOW + outcome };
    },
  };
  const parts = {
    clock: { now: () => NOW },
    isReachable: () => isReachable,
    isWatched: situation.isWatched === undefined ? undefined : () => situation.isWatched,
    store: {
      shared: isShared,
      trouble: situation.isLocked ? { kind: 'locked' } : undefined,
      waiting: {
        waitingChecks: () => {
          readsOfAll++;
          return new Set(situation.asked);
        },
        isCheckWaiting: (keyId: string) => situation.asked?.includes(keyId) ?? false,
      },
    },
    activity: { focused },
  };
  const polledKeys = { entries, pinned: entries.filter(({ key }) => key.pinned) };
  const scheduler = new PollScheduler(...([parts, polledKeys, checks] as unknown as Parts));
  const lookIn = scheduler.startDueChecks() - NOW;
  const endOneCheck = () => {
    ended++;
    scheduler.startQueuedChecks();
  };
  const ids = () => started.map(({ id }) => id);
  return {
    ids: ids(),
    lookIn,
    options: started.map(({ options }) => options),
    endOneCheck,
    idsNow: ids,
    readsOfAll: () => readsOfAll,
  };
}

const SECOND = 1000;
const checkedAgo = 5 * MINUTE;

describe('when a window asks about a key', () => {
  const CASES: readonly [
    what: string,
    key: Waiting,
    situation: Situation,
    ids: readonly string[],
    lookIn: number,
  ][] = [
    ['at the moment it is due', { dueIn: 0, checkedAgo }, {}, ['0'], NEVER],
    ['not before', { dueIn: 1, checkedAgo }, {}, [], 1],
    ['not while checks are paused', { checkedAgo }, {}, [], NEVER],
    ['not while a person has paused it', { dueIn: 0, checkedAgo, pausedAt: NOW }, {}, [], NEVER],
    [
      'without focus five seconds after',
      { dueIn: -5 * SECOND, checkedAgo },
      { focused: false },
      ['0'],
      NEVER,
    ],
    ['without focus not before', { dueIn: 1 - 5 * SECOND, checkedAgo }, { focused: false }, [], 1],
    [
      'without focus looks then, when it is due later',
      { dueIn: HOUR, checkedAgo },
      { focused: false },
      [],
      HOUR + 5 * SECOND,
    ],
    ['without focus at once, when nobody ever asked', { dueIn: 0 }, { focused: false }, ['0'], NEVER],
    [
      'at once, when it was asked in a future that a clock put back has made',
      { dueIn: 2 * DAY, checkedAgo: -DAY },
      { focused: false },
      ['0'],
      NEVER,
    ],
    ['not while it is under way', { dueIn: 0, checkedAgo }, { isRunning: true }, [], NEVER],
    ['not where it lacks the secret', { dueIn: 0, checkedAgo }, { cannotCheck: true }, [], NEVER],
    [
      'not without a network, and looks for one in 15 seconds',
      { dueIn: 0, checkedAgo },
      { isReachable: false },
      [],
      15 * SECOND,
    ],
    ['not where nobody would see it', { dueIn: 0, checkedAgo }, { isWatched: false }, [], NEVER],
    ['where somebody would', { dueIn: 0, checkedAgo }, { isWatched: true }, ['0'], NEVER],
    ['not while the database is locked', { dueIn: 0, checkedAgo }, { isLocked: true }, [], NEVER],
    [
      'not without focus where windows cannot share what they know',
      { dueIn: -HOUR, checkedAgo },
      { focused: false, isShared: false },
      [],
      NEVER,
    ],
    ['with focus there, too', { dueIn: 0, checkedAgo }, { isShared: false }, ['0'], NEVER],
  ];
  for (const [what, key, situation, ids, lookIn] of CASES) {
    it(what, () => {
      const seen = look([key], situation);
      assert.deepEqual([seen.ids, seen.lookIn], [ids, lookIn]);
    });
  }
});

describe('a window whose start is refused', () => {
  const due = { dueIn: 0, checkedAgo };

  it('looks again when the limiter has room, and tries no other key of it before', () => {
    const seen = look([due, due, due], { starts: [undefined, 3 * MINUTE] });
    assert.deepEqual([seen.ids, seen.lookIn], [['0', '1'], 3 * MINUTE]);
  });

  it('still tries a key in use where the last call is kept for it', () => {
    const still = { ...due, isSaturated: true, pace: 'usual', hasReading: true } as const;
    const inUse = { ...still, urgent: true, dueIn: 0 };
    const seen = look([still, inUse, still], { starts: [3 * MINUTE, 2 * MINUTE] });
    assert.deepEqual([seen.ids, seen.lookIn], [['1', '0'], 2 * MINUTE]);
  });

  it('looks again in five seconds where another window is at it, and goes on with the others', () => {
    const seen = look([due, due], { starts: ['taken'] });
    assert.deepEqual([seen.ids, seen.lookIn], [['0', '1'], 5 * SECOND]);
  });

  it('looks again at the first of several moments', () => {
    assert.equal(look([due, { dueIn: MINUTE, checkedAgo }], { starts: [2 * MINUTE] }).lookIn, MINUTE);
    assert.equal(look([due, { dueIn: 3 * MINUTE, checkedAgo }], { starts: [2 * MINUTE] }).lookIn, 2 * MINUTE);
  });
});

describe('what a poll leaves to others', () => {
  /** New API’s scarce limiter: 10 calls of ours in 20 minutes. */
  const options = (keys: readonly Waiting[], situation: Situation = {}) =>
    look(keys, situation).options.at(-1);
  const crowded: Waiting = { dueIn: 0, checkedAgo, isSaturated: true, pace: 'usual', hasReading: true };
  /** Due in 10 and 15 minutes: two calls within the window. */
  const pinned: Waiting = { dueIn: 10 * MINUTE, checkedAgo, intervalMs: 5 * MINUTE, pinned: true };
  /** As many calls as there are, evenly over the window; three at once where nobody has asked before. */
  const spread = { paceMs: 2 * MINUTE, atOnce: 3 };

  it('is nothing where a pinned key is polled', () => {
    assert.deepEqual(options([{ ...crowded, pinned: true }]), {});
  });

  it('is room for the calls of pinned keys, a distance that goes by what they leave, and one call', () => {
    assert.deepEqual(options([pinned, crowded]), {
      leavesRoomFor: [NOW + 10 * MINUTE, NOW + 15 * MINUTE],
      spread: { paceMs: (20 * MINUTE) / 8, atOnce: 3 },
      leavesOne: true,
    });
  });

  it('is no distance where there are calls enough for all keys', () => {
    const leavesRoomFor = [NOW + 10 * MINUTE, NOW + 15 * MINUTE];
    assert.deepEqual(options([pinned, { ...crowded, isSaturated: false }]), { leavesRoomFor });
  });

  it('is no room for pinned keys that are paused, or that count against another limiter', () => {
    assert.deepEqual(options([{ ...pinned, pausedAt: NOW }, crowded])?.leavesRoomFor, []);
    assert.deepEqual(options([{ ...pinned, limiterId: 'gw general' }, crowded])?.leavesRoomFor, []);
  });

  it('is not the last call where a key in use is polled', () => {
    const leavesOne = (key: Partial<Waiting>) => options([{ ...crowded, ...key }])?.leavesOne;
    assert.equal(leavesOne({ pace: 'close', unchangedSince: NOW }), false);
    assert.equal(leavesOne({ urgent: true }), false);
    // It was read once: whether it is in use, nobody knows yet.
    assert.equal(leavesOne({ pace: 'close' }), true);
    assert.equal(leavesOne({ pace: 'close', unchangedSince: NOW, isFailing: true }), true);
    assert.equal(leavesOne({ pace: 'usual', unchangedSince: NOW }), true);
  });

  it('is the last call where a key has no figure yet, and a distance after the first three', () => {
    const first: Waiting = { ...crowded, checkedAgo: undefined, pace: 'close', hasReading: false };
    assert.deepEqual(options([first]), { leavesRoomFor: [], spread, leavesOne: true });
  });

  it('is room for pinned keys alone where a person waits for the check', () => {
    assert.deepEqual(options([crowded], { asked: ['0'] }), { leavesRoomFor: [] });
    assert.deepEqual(options([crowded], { asked: ['another'] })?.spread, spread);
  });
});

describe('keys whose checks people wait for', () => {
  it('are asked first, and looked up all at once only when keys are queued', () => {
    const due: Waiting = { dueIn: -MINUTE, checkedAgo, isSaturated: true };
    const { idsNow, endOneCheck, readsOfAll } = look([due, due, due], { places: 1, asked: ['2'] });
    assert.deepEqual(idsNow(), ['2']);
    endOneCheck();
    endOneCheck();
    assert.deepEqual(idsNow(), ['2', '0', '1']);
    assert.equal(readsOfAll(), 1);
  });
});
