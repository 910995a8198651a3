import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { budgetOfWindows } from '../../../../src/core/quota/budgetOfWindows.ts';
import { headroomOf, ownHeadroomOf, shareLeft } from '../../../../src/core/quota/headroom.ts';
import { isAtOrBelow, isLow, levelOf } from '../../../../src/core/quota/low.ts';
import { type QuotaWindow, remainingOf } from '../../../../src/core/quota/quotaWindow.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { readingAt, resetAt, unknownSince } from '../../../../src/core/quota/resets.ts';
import { statusOf } from '../../../../src/core/quota/status.ts';
import { meterPointOf } from '../../../../src/core/usage/meterPoint.ts';
import { at, DAY, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

const money = (more: Partial<QuotaWindow>): QuotaWindow => ({ name: 'month', unit: 'money', ...more });
const percent = (name: string, used: number, more: Partial<QuotaWindow> = {}): QuotaWindow => ({
  name,
  unit: 'percent',
  used,
  ...more,
});
const requests = (
  name: string,
  used: number,
  limit: number,
  more: Partial<QuotaWindow> = {},
): QuotaWindow => ({
  name,
  unit: 'requests',
  used,
  limit,
  ...more,
});
/** A key without a cap of its own, with these windows. */
const limitedBy = (windows: readonly QuotaWindow[], more: Partial<Reading> = {}) =>
  reading({ quota: { unlimited: true, used: 120 }, windows, ...more });

describe('what is left of a quota window', () => {
  const ROWS: readonly [what: string, window: QuotaWindow, left: number | undefined][] = [
    ['as told', money({ limit: 100, used: 10, remaining: 74.5 }), 74.5],
    ['its limit less what was used', money({ limit: 100, used: 25.5 }), 74.5],
    ['nothing, where a limit of 0 is used up', money({ limit: 0, used: 0 }), 0],
    ['below nothing, where more was used than it allows', money({ limit: 10, used: 10.25 }), -0.25],
    ['not known without what was used', money({ limit: 10 }), undefined],
    ['not known without a limit', money({ used: 10 }), undefined],
    ['not known, where there is no cap', money({ limit: null, used: 10, remaining: 5 }), undefined],
    ['the rest of 100 per cent', percent('5h', 88), 12],
    ['0 per cent, where over 100 were used', percent('5h', 103), 0],
  ];
  for (const [what, window, left] of ROWS) it(`is ${what}`, () => assert.equal(remainingOf(window), left));
});

describe('of several limits', () => {
  type Row = readonly [what: string, reading: Reading, leads: readonly [string, number | undefined]];
  const ROWS: readonly Row[] = [
    [
      'the smaller amount binds in one unit',
      limitedBy([money({ name: 'day', limit: 100, used: 60 }), money({ limit: 50, used: 20 })]),
      ['month', 30],
    ],
    [
      'a window that leaves less than the key’s own cap binds',
      reading({ quota: quota(15, 20), windows: [money({ limit: 10, used: 8 })] }),
      ['month', 2],
    ],
    [
      'the key’s own cap binds where it leaves less',
      reading({ quota: quota(1, 20), windows: [money({ limit: 10, used: 8 })] }),
      ['quota', 1],
    ],
    [
      'the smaller share binds in different units',
      limitedBy([money({ limit: 100, used: 70 }), percent('5h', 71)]),
      ['5h', 29],
    ],
    [
      'what has no total binds after what has one',
      reading({ account: { balance: 0.01 }, windows: [percent('5h', 1)] }),
      ['5h', 99],
    ],
    [
      'an empty wallet binds before all that is left',
      reading({ account: { balance: 0 }, windows: [percent('5h', 99)] }),
      ['account', 0],
    ],
    [
      'a window that is used up binds before one that is not',
      limitedBy([percent('5h', 99), requests('day', 200, 200)]),
      ['day', 0],
    ],
    [
      'the later reset binds among those that are used up',
      limitedBy([
        percent('5h', 100, { resetsAt: at(HOUR) }),
        percent('week', 100, { resetsAt: at(3 * DAY) }),
      ]),
      ['week', 0],
    ],
    [
      'overdrawn is used up and no more',
      limitedBy([
        money({ name: 'day', limit: 1, used: 5, resetsAt: at(HOUR) }),
        money({ limit: 9, used: 9, resetsAt: at(DAY) }),
      ]),
      ['month', 0],
    ],
    [
      'what never resets binds longest',
      limitedBy([
        money({ name: 'day', limit: 5, used: 5, resetsAt: at(HOUR) }),
        money({ name: 'total', limit: 9, used: 9 }),
      ]),
      ['total', 0],
    ],
    [
      'one without a cap never binds',
      limitedBy([money({ limit: null, used: 1000 }), percent('5h', 10)]),
      ['5h', 90],
    ],
    [
      'one without a known limit never binds',
      limitedBy([money({ remaining: 0 }), percent('5h', 10)]),
      ['5h', 90],
    ],
    [
      'one of some models leaves the key as it is',
      limitedBy([requests('day', 50, 50, { scope: 'model', scopeName: ':free' })]),
      ['quota', undefined],
    ],
    [
      'one above the key binds as its own do',
      limitedBy([
        money({ limit: 100, used: 1 }),
        money({ name: 'total', scope: 'team', scopeName: 'Core', limit: 20, used: 18 }),
      ]),
      ['total', 2],
    ],
    [
      'one of which nothing is known is not “no limit”',
      limitedBy([money({ limit: 100 })]),
      ['month', undefined],
    ],
    [
      'one that is known leads before one that is not',
      limitedBy([percent('5h', 20), money({ limit: 100 })]),
      ['5h', 80],
    ],
    ['no window at all leaves what the key has', limitedBy([]), ['quota', undefined]],
  ];
  for (const [what, given, leads] of ROWS) {
    it(what, () => {
      const { from, window, remaining } = headroomOf(given);
      assert.deepEqual([window?.name ?? from, remaining], leads);
    });
  }

  it('the figure is in the unit of the one that binds', () => {
    const unitOf = (windows: readonly QuotaWindow[]) => headroomOf(limitedBy(windows)).unit;
    assert.deepEqual(unitOf([percent('5h', 88)]), { code: 'PERCENT', source: 'gateway' });
    assert.deepEqual(unitOf([requests('5h', 1, 200)]), { code: 'REQUESTS', source: 'gateway' });
    assert.deepEqual(unitOf([{ name: 'day', unit: 'tokens', used: 1, limit: 5 }]), {
      code: 'TOKENS',
      source: 'gateway',
    });
    assert.deepEqual(unitOf([money({ limit: 5, used: 1 })]), { code: 'USD', source: 'gateway' });
  });

  it('nothing is more than the whole', () => {
    const given = limitedBy([money({ limit: 100, remaining: 150 })]);
    assert.equal(shareLeft(headroomOf(given)), 1);
  });

  it('spend is recorded by what the key itself counts, whichever binds', () => {
    const windows = [money({ limit: 100, used: 88, resetsAt: at(HOUR) }), percent('5h', 99)];
    const given = limitedBy(windows, { budget: budgetOfWindows(windows) });
    assert.deepEqual(ownHeadroomOf(given), { unlimited: true, used: 120, unit: given.unit, from: 'quota' });
    const { used, remaining, resetsAt, counter } = meterPointOf(given) ?? {};
    assert.deepEqual([used, remaining, resetsAt, counter?.source], [120, undefined, undefined, 'quota used']);
  });
});

describe('the level of a quota window', () => {
  const LOW = { percent: 20, amounts: { USD: 1000, TOKENS: 1000 } };

  it('is per cent of its total, in whatever it is counted', () => {
    assert.deepEqual(levelOf(limitedBy([requests('5h', 150, 200)])), { scale: 'percent', left: 25 });
    assert.deepEqual(levelOf(limitedBy([percent('5h', 88)])), { scale: 'percent', left: 12 });
    assert.equal(isLow(limitedBy([percent('5h', 80)]), LOW), true);
    assert.equal(isLow(limitedBy([percent('5h', 79)]), LOW), false);
  });

  it('is nothing where nothing may be used at all', () => {
    assert.equal(isAtOrBelow(levelOf(limitedBy([requests('day', 0, 0)])), 0), true);
  });
});

describe('a quota window that is reset', () => {
  const status = (given: Reading, now = NOW) =>
    statusOf({ reading: given, now, low: { percent: 20, amounts: {} }, staleAfterMs: DAY });
  const soon = at(HOUR);

  it('is not known from then on, and the others still are', () => {
    const given = limitedBy([
      percent('5h', 95, { resetsAt: soon }),
      percent('week', 40, { resetsAt: at(DAY) }),
    ]);
    assert.equal(resetAt(given), NOW + HOUR);
    assert.equal(status(given), 'low');
    const later = readingAt(given, NOW + HOUR);
    assert.deepEqual(later.windows?.[0], { name: '5h', unit: 'percent', resetsAt: soon });
    assert.deepEqual([headroomOf(later).window?.name, headroomOf(later).remaining], ['week', 60]);
    assert.equal(status(given, NOW + HOUR), 'ok');
    assert.equal(unknownSince(later, NOW + HOUR), undefined);
  });

  it('leaves a key of which nothing is known that has no other', () => {
    const windows = [money({ limit: 100, used: 99, resetsAt: soon })];
    const given = limitedBy(windows, { budget: budgetOfWindows(windows) });
    const later = readingAt(given, NOW + HOUR);
    const { unlimited, remaining } = headroomOf(later);
    assert.deepEqual([unlimited, remaining], [false, undefined], 'not “unlimited”, as its own cap would be');
    assert.equal(later.budget?.spent, undefined);
    assert.equal(unknownSince(later, NOW + HOUR), NOW + HOUR);
    // Nobody can say since when a figure is unknown that was never told.
    const untold = limitedBy([money({ limit: 100, resetsAt: soon })]);
    assert.deepEqual([unknownSince(untold, NOW), status(untold)], [undefined, 'ok']);
    assert.deepEqual(
      [status(given), status(given, NOW + HOUR - 1), status(given, NOW + HOUR)],
      ['low', 'low', 'stale'],
    );
  });

  it('has not where the moment was past when it was told', () => {
    const given = limitedBy([percent('5h', 95, { resetsAt: at(-3 * HOUR) })], { takenAt: at(-MINUTE) });
    assert.equal(resetAt(given), undefined);
    assert.equal(readingAt(given, NOW), given);
    assert.equal(status(given), 'low');
  });

  it('goes by the gateway’s clock', () => {
    const given = limitedBy([percent('5h', 95, { resetsAt: soon })], { clockAheadMs: HOUR });
    assert.equal(resetAt(given), NOW + 2 * HOUR);
    assert.equal(status(given, NOW + HOUR), 'low');
    assert.equal(status(given, NOW + 2 * HOUR), 'stale');
  });
});

describe('the budget beside quota windows', () => {
  it('is the tightest of the whole key in money, of which is known what was spent', () => {
    assert.deepEqual(
      budgetOfWindows([
        money({ limit: 100, used: 10 }),
        money({ name: 'day', limit: 20, remaining: 5, resetsAt: at(HOUR), every: '1d' }),
        money({ name: 'week', limit: 1 }),
        money({ name: 'total', scope: 'model', scopeName: 'opus', limit: 3, used: 2 }),
        percent('5h', 99),
      ]),
      { spent: 15, limit: 20, resetsAt: at(HOUR), every: '1d' },
    );
    assert.equal(budgetOfWindows([percent('5h', 99), money({ limit: null, used: 5 })]), undefined);
  });
});
