import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/tables.ts';
import { newApi } from '../../../../src/gateways/newApi/newApi.ts';
import { PollScheduler } from '../../../../src/services/polling/pollScheduler.ts';
import type { ReserveOptions } from '../../../../src/services/requests/requestBudget.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';

type Parts = ConstructorParameters<typeof PollScheduler>;

interface Waiting {
  /** From now; undefined while checks are paused. */
  readonly dueIn?: number;
  /** Before now; undefined for a key that was never asked about. */
  readonly checkedAgo?: number;
  readonly pinned?: boolean;
  /** Since when a person wants it not to be asked. */
  readonly pausedAt?: number;
  readonly intervalMs?: number;
}

interface House {
  readonly focused?: boolean;
  readonly isShared?: boolean;
  readonly isWatched?: boolean;
  readonly isLocked?: boolean;
  readonly isReachable?: boolean;
  readonly cannotCheck?: boolean;
  readonly isRunning?: boolean;
  /** What comes of each start, one after the other; it is under way where nothing is said. */
  readonly starts?: readonly (number | 'taken' | undefined)[];
}

/** What a window starts of some keys, when it looks again, and what each start leaves to others. */
function look(keys: readonly Waiting[], house: House = {}) {
  const { focused = true, isShared = true, isReachable = true, starts = [] } = house;
  const entries = keys.map(
    ({ dueIn, checkedAgo, pinned = false, pausedAt, intervalMs = 5 * MINUTE }, index) => ({
      key: { id: `${index}`, origin: 'https://gw.example', pinned, pausedAt },
      gateway: newApi,
      limiterName: 'scarce',
      limiter: newApi.limiters.scarce,
      limiterId: 'gw scarce',
      intervalMs,
      urgent: false,
      state: {
        keyId: `${index}`,
        failures: 0,
        dueAt: dueIn === undefined ? undefined : NOW + dueIn,
        checkedAt: checkedAgo === undefined ? undefined : NOW - checkedAgo,
      } satisfies CheckState,
    }),
  );
  const started: { readonly id: string; readonly options: ReserveOptions }[] = [];
  const checks = {
    running: () => (house.isRunning ? Promise.resolve() : undefined),
    canCheck: () => !house.cannotCheck,
    takeNextStartable: (line: unknown[]) => line.shift(),
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
    isWatched: house.isWatched === undefined ? undefined : () => house.isWatched,
    store: {
      shared: isShared,
      trouble: house.isLocked ? { kind: 'locked' } : undefined,
      waiting: { waitingChecks: () => new Set<string>() },
    },
    activity: { focused },
  };
  const knowledge = { entries, pinned: entries.filter(({ key }) => key.pinned) };
  const scheduler = new PollScheduler(...([parts, knowledge, checks] as unknown as Parts));
  const lookIn = scheduler.startDueChecks() - NOW;
  return { ids: started.map(({ id }) => id), lookIn, options: started.map(({ options }) => options) };
}

const NEVER = Number.POSITIVE_INFINITY;
const SECOND = 1000;
const checkedAgo = 5 * MINUTE;

describe('when a window asks about a key', () => {
  const CASES: readonly [what: string, key: Waiting, house: House, ids: readonly string[], lookIn: number][] =
    [
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
  for (const [what, key, house, ids, lookIn] of CASES) {
    it(what, () => {
      const seen = look([key], house);
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

  it('looks again in five seconds where another window is at it, and goes on with the others', () => {
    const seen = look([due, due], { starts: ['taken'] });
    assert.deepEqual([seen.ids, seen.lookIn], [['0', '1'], 5 * SECOND]);
  });

  it('looks again at the first of several moments', () => {
    assert.equal(look([due, { dueIn: MINUTE, checkedAgo }], { starts: [2 * MINUTE] }).lookIn, MINUTE);
    assert.equal(look([due, { dueIn: 3 * MINUTE, checkedAgo }], { starts: [2 * MINUTE] }).lookIn, 2 * MINUTE);
  });
});

describe('what a key leaves to others', () => {
  /** New API’s scarce limiter: 10 calls of ours in 20 minutes. */
  const options = (...keys: readonly Waiting[]) => look(keys).options.at(-1);
  const crowded = { dueIn: 0, checkedAgo, intervalMs: 20 * MINUTE + 1 };
  /** Due in 10 and 15 minutes: two calls within the window. */
  const pinned = { dueIn: 10 * MINUTE, checkedAgo, intervalMs: 5 * MINUTE, pinned: true };

  it('is nothing of a pinned one', () => {
    assert.deepEqual(options({ ...crowded, pinned: true }), {});
  });

  it('is room for the calls of pinned ones, and a pace that goes by what they leave', () => {
    assert.deepEqual(options(pinned, crowded), {
      leavesRoomFor: [NOW + 10 * MINUTE, NOW + 15 * MINUTE],
      paceMs: (20 * MINUTE) / 8,
    });
  });

  it('is no pace where all can be asked within one window', () => {
    assert.equal(options(pinned, { ...crowded, intervalMs: 20 * MINUTE })?.paceMs, undefined);
  });

  it('is no room for pinned ones that are paused', () => {
    assert.deepEqual(options({ ...pinned, pausedAt: NOW }, crowded)?.leavesRoomFor, []);
  });

  it('is no pace of a first figure, unless a pinned key has to be let through', () => {
    const first = { ...crowded, checkedAgo: undefined };
    assert.deepEqual(options(first), { leavesRoomFor: [], paceMs: undefined });
    assert.equal(options(pinned, first)?.paceMs, (20 * MINUTE) / 8);
    assert.equal(options(crowded)?.paceMs, 2 * MINUTE);
  });
});
