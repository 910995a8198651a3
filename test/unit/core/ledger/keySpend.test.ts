import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendSpan } from '../../../../src/core/forecast/spendSpan.ts';
import { keySpendOf } from '../../../../src/core/ledger/keySpend.ts';
import type { KnownSpend } from '../../../../src/core/ledger/knownSpend.ts';
import { dayOf } from '../../../../src/core/ledger/localDays.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';

/** Monday, 15 June 2026, noon, by the local clock. */
const NOON = new Date(2026, 5, 15, 12).getTime();
const day = (date: number) => dayOf(new Date(2026, 5, date).getTime());
const at = (date: number, hour = 0, minute = 0) => new Date(2026, 5, date, hour, minute).getTime();
const iso = (date: number, hour = 0) => new Date(at(date, hour)).toISOString();
const WHOLE_DAY = 24 * HOUR;

function known(more: Partial<KnownSpend> = {}, spans: readonly SpendSpan[] = []): KnownSpend {
  return {
    covered: [],
    toldDays: new Map(),
    readDays: new Map(),
    noticed: ({ from, to }) => spans.filter(span => span.at >= from && span.at <= to),
    noticedOver: moments =>
      moments.flatMap(moment => {
        const next = spans.find(span => span.at >= moment);
        return next && (next.since ?? next.at) < moment ? [next] : [];
      }),
    watched: () => [],
    told: () => 0,
    wholeSince: 0,
    loose: [],
    readAt: NOON,
    ...more,
  };
}

const figures = (from: KnownSpend) => {
  const { today, week, month, since, complete } = keySpendOf(from, NOON) ?? {};
  return { today, week, month, since, complete };
};

describe('what a key spent today, in seven days and this month', () => {
  it('is what the gateway told, where that reaches back to the beginning of all of them', () => {
    const told = known({
      covered: [{ from: at(1), to: NOON }],
      toldDays: new Map([
        [day(1), 100],
        [day(8), 10],
        [day(9), 4],
        [day(15), 1.5],
      ]),
      noticed: () => assert.fail('no reading is looked at'),
    });
    // The seven days are 9 to 15 June.
    assert.deepEqual(figures(told), {
      today: 1.5,
      week: 5.5,
      month: 115.5,
      since: iso(1),
      complete: true,
    });
  });

  it('begins with the seven days where these began before the month', () => {
    const third = at(3, 12);
    const told = known({
      covered: [{ from: at(-12), to: third }],
      toldDays: new Map([
        [dayOf(at(-4)), 50],
        [dayOf(at(-3)), 7],
        [day(1), 2],
        [day(3), 1],
      ]),
      readAt: third,
    });
    // 28 May is the first of the seven days until 3 June.
    const spend = keySpendOf(told, third);
    assert.deepEqual([spend?.today, spend?.week, spend?.month], [1, 10, 3]);
    // The first of the fourteen days of the sparkline is 21 May.
    assert.equal(spend?.since, new Date(2026, 4, 21).toISOString());
  });

  it('counts the month from the day on that the user sets', () => {
    const toldDays = new Map([
      [dayOf(at(-12)), 40],
      [dayOf(at(-11)), 20],
      [day(9), 4],
      [day(15), 1.5],
    ]);
    // Day −11 of June is 20 May.
    const told = known({ covered: [{ from: at(-40), to: NOON }], toldDays });
    const spend = keySpendOf(told, NOON, 20);
    const since = new Date(2026, 4, 20).toISOString();
    assert.deepEqual([spend?.month, spend?.monthFrom, spend?.since], [25.5, since, since]);
  });

  it('says from when on nothing is missing', () => {
    const told = known({ covered: [{ from: at(12, 6), to: NOON }], toldDays: new Map([[day(12), 3]]) });
    assert.deepEqual(figures(told), { today: 0, week: 3, month: 3, since: iso(12, 6), complete: false });
  });

  it('takes only the last stretch without a gap for complete', () => {
    const told = known({
      covered: [
        { from: at(1), to: at(5) },
        { from: at(7), to: NOON },
      ],
    });
    assert.equal(figures(told).since, iso(7));
  });

  it('is not complete where the month is, and the seven days are not', () => {
    const third = at(3, 12);
    const told = known({ covered: [{ from: at(-1), to: third }], readAt: third });
    const { complete, since } = keySpendOf(told, third) ?? {};
    assert.deepEqual([complete, since], [false, new Date(2026, 4, 30).toISOString()]);
  });

  it('is not complete either where the seven days are, and the month is not', () => {
    const { complete, since } = figures(known({ covered: [{ from: at(8), to: NOON }] }));
    assert.deepEqual([complete, since], [false, iso(8)]);
  });

  it('has today’s sum of readings until the last one, however long ago that is', () => {
    const seen = known({
      readDays: new Map([[day(15), { spent: 4, watchedMs: 6 * HOUR }]]),
      readAt: at(15, 6),
    });
    assert.equal(figures(seen).today, 4);
  });

  it('says until when it is known, hours after a key was heard last', () => {
    const heard = (readAt: number, covered = at(1)) => {
      const told = known({
        covered: [{ from: at(-10), to: covered }],
        toldDays: new Map([[day(14), 3]]),
        readAt,
      });
      const { today, week, until, complete } = keySpendOf(told, NOON) ?? {};
      return { today, week, until, complete };
    };
    const whole = { today: 0, week: 3, until: undefined, complete: true };
    assert.deepEqual(heard(at(15, 8)), whole);
    assert.deepEqual(heard(at(15, 1), at(15, 8)), whole);
    const earlier = new Date(at(15, 8) - 1).toISOString();
    assert.deepEqual(heard(at(15, 8) - 1), { ...whole, until: earlier, complete: false });
    assert.deepEqual(heard(at(14, 22)), { ...whole, until: iso(14, 22), complete: false });
  });

  it('says until when readings alone tell it, hours after the last of them', () => {
    const heard = (covered: KnownSpend['covered']) =>
      known({
        covered,
        readDays: new Map([[day(15), { spent: 2, watchedMs: 5 * HOUR }]]),
        readAt: at(15, 5),
      });
    assert.equal(keySpendOf(heard([]), NOON)?.until, iso(15, 5));
    assert.equal(keySpendOf(heard([]), NOON)?.complete, false);
    // What the gateway told later speaks for now.
    assert.equal(keySpendOf(heard([{ from: at(15), to: NOON }]), NOON)?.until, undefined);
  });

  it('is not dated for an hour after midnight where the last reading is of the day before', () => {
    const readAt = at(14, 23, 30);
    const untilAt = (now: number) =>
      keySpendOf(known({ covered: [{ from: at(1), to: readAt }], readAt }), now)?.until;
    assert.equal(untilAt(at(15, 0, 30)), undefined);
    assert.equal(untilAt(at(15, 0, 31)), new Date(readAt).toISOString());
  });

  it('has no gap on a day that is told up to a moment and watched from before it on', () => {
    const whole = (watchedFrom: number, watchedTo: number) =>
      figures(
        known({
          covered: [{ from: at(1), to: at(14, 11, 48) }],
          toldDays: new Map([[day(14), 2]]),
          readDays: new Map([
            [day(14), { spent: 1, watchedMs: 13 * HOUR }],
            [day(15), { spent: 0, watchedMs: 12 * HOUR }],
          ]),
          watched: span => {
            assert.deepEqual(span, { from: at(14), to: at(15) });
            return [{ from: watchedFrom, to: watchedTo }];
          },
        }),
      );
    assert.deepEqual(whole(at(14, 10, 48), at(15)), {
      ...{ today: 0, week: 2, month: 2 },
      ...{ since: iso(1), complete: true },
    });
    assert.equal(whole(at(14, 11, 48), at(15)).since, iso(1));
    assert.equal(whole(at(14, 12), at(15)).since, iso(14, 12));
    assert.equal(whole(at(14, 10, 48), at(14, 23)).since, iso(15));
  });

  it('has no gap either on a day that is watched at first and told from a moment on', () => {
    const seen = known({
      covered: [{ from: at(14, 20), to: NOON }],
      readDays: new Map([
        [day(13), { spent: 1, watchedMs: WHOLE_DAY }],
        [day(14), { spent: 1, watchedMs: 18 * HOUR }],
      ]),
      watched: () => [{ from: at(14), to: at(14, 20, 30) }],
    });
    assert.equal(figures(seen).since, iso(13));
  });

  it('takes a day for one that was not watched where some was spent in another unit', () => {
    const seen = (isElsewhere: boolean) =>
      known({
        readDays: new Map([
          [day(14), { spent: 1, watchedMs: WHOLE_DAY - HOUR, isElsewhere }],
          [day(15), { spent: 1, watchedMs: 11 * HOUR, isElsewhere }],
        ]),
      });
    assert.equal(figures(seen(false)).since, iso(14));
    assert.equal(figures(seen(true)).since, iso(15, 1));
  });

  it('is not known where nothing was told and nothing recorded', () => {
    assert.equal(keySpendOf(known(), NOON), undefined);
  });

  it('is what readings showed, where no gateway tells', () => {
    const readDays = new Map([
      [day(9), { spent: 9, watchedMs: 5 * HOUR }],
      [day(13), { spent: 2, watchedMs: WHOLE_DAY }],
      [day(14), { spent: 3, watchedMs: 23 * HOUR }],
      [day(15), { spent: 4, watchedMs: 12 * HOUR }],
    ]);
    // The readings of the 9th are in no sum by day: what was noticed then counts by its part of the day.
    const seen = known({ readDays }, [{ at: at(9, 12), since: at(9, 11), spent: 9 }]);
    assert.deepEqual(figures(seen), { today: 4, week: 18, month: 18, since: iso(13), complete: false });
  });

  it('counts from the first reading on for a key that was added today', () => {
    const seen = known({ readDays: new Map([[day(15), { spent: 4, watchedMs: 2 * HOUR }]]) }, [
      { at: at(15, 11), since: at(15, 10), spent: 4 },
    ]);
    assert.deepEqual(figures(seen), { today: 4, week: 4, month: 4, since: iso(15, 10), complete: false });
  });

  it('has what was noticed after a night without readings in sums of both days, and in neither’s figure', () => {
    // $6 between 18:00 and 6:00, and before it $1 of yesterday.
    const seen = known(
      {
        readDays: new Map([
          [day(14), { spent: 1, watchedMs: 8 * HOUR }],
          [day(15), { spent: 6, watchedMs: 6 * HOUR }],
        ]),
      },
      [
        { at: at(14, 17), since: at(14, 16), spent: 1 },
        { at: at(15, 6), since: at(14, 18), spent: 6 },
      ],
    );
    assert.deepEqual(figures(seen), { today: 0, week: 7, month: 7, since: iso(15, 6), complete: false });
    assert.deepEqual(keySpendOf(seen, NOON)?.days.slice(-2), [1, 0]);
  });

  /** Read from the 1st on until 18:00 of the 14th, and again from 3:30 of the 15th, when $6 are noticed, until 8:00. */
  const overNight = (wholeSince = 0) => {
    const days = Array.from(
      { length: 13 },
      (_, date) => [day(date + 1), { spent: 0, watchedMs: WHOLE_DAY }] as const,
    );
    return known(
      {
        readDays: new Map([
          ...days,
          [day(14), { spent: 1, watchedMs: WHOLE_DAY }],
          [day(15), { spent: 8, watchedMs: 8 * HOUR }],
        ]),
        readAt: at(15, 8),
        wholeSince,
      },
      [
        { at: at(14, 17), since: at(14, 16), spent: 1 },
        { at: at(15, 3, 30), since: at(14, 18), spent: 6 },
        { at: at(15, 7), since: at(15, 6), spent: 2 },
      ],
    );
  };

  it('calls neither day whole of which its readings tell all but for a time over midnight', () => {
    const spend = keySpendOf(overNight(), at(15, 8)) ?? assert.fail();
    assert.deepEqual([spend.today, spend.week, spend.month, spend.days.slice(-2)], [2, 9, 9, [1, 2]]);
    assert.deepEqual([spend.undividedAt, spend.complete], [[iso(15)], false]);
    // All of the 14 days is known, but for which day some of it is of; the seven of these of June begin on the 1st.
    assert.equal(spend.since, iso(1));
  });

  it('is whole again a day later, where only the bars of two days lack some', () => {
    const later = at(16, 8);
    const readDays = new Map([
      ...overNight().readDays,
      [day(15), { spent: 8, watchedMs: WHOLE_DAY }],
      [day(16), { spent: 0, watchedMs: 8 * HOUR }],
    ]);
    // The month began on the 10th, and the seven days on it as well.
    const { today, week, month, complete } =
      keySpendOf({ ...overNight(), readDays, readAt: later }, later, 10) ?? {};
    assert.deepEqual([today, week, month, complete], [0, 9, 9, true]);
  });

  it('is known only after such a time, where what is missing ended within it', () => {
    assert.equal(keySpendOf(overNight(at(14, 20)), at(15, 8))?.since, new Date(at(15, 3, 30)).toISOString());
    assert.equal(keySpendOf(overNight(at(14, 18)), at(15, 8))?.since, iso(14, 18));
    const long = known({ covered: [{ from: at(12), to: NOON }] }, [
      { since: at(9, 20), at: at(10, 8), spent: 3 },
    ]);
    assert.equal(figures(long).since, iso(12), 'a night before all that is known');
  });

  it('divides what was noticed within an hour over midnight evenly, and counts none of it where a day is not whole', () => {
    const spans = [{ since: at(14, 23, 15), at: at(15, 0, 15), spent: 4 }];
    const read = (watchedMs: number) =>
      known(
        {
          readDays: new Map([
            [day(14), { spent: 0, watchedMs }],
            [day(15), { spent: 4, watchedMs: 12 * HOUR }],
          ]),
        },
        spans,
      );
    // Three quarters of the hour are before midnight.
    assert.deepEqual(keySpendOf(read(WHOLE_DAY), NOON)?.days.slice(-2), [3, 1]);
    assert.deepEqual(keySpendOf(read(5 * HOUR), NOON)?.days.slice(-2), [0, 1]);
    assert.equal(keySpendOf(read(WHOLE_DAY), NOON)?.undividedAt, undefined);
    // Five hours after the last reading today is known at least.
    const heard = { ...read(WHOLE_DAY), readAt: at(15, 7) };
    assert.deepEqual([keySpendOf(heard, NOON)?.today, keySpendOf(heard, NOON)?.days.at(-1)], [0, 0]);
    assert.equal(keySpendOf(heard, NOON)?.week, 4);
  });

  it('leaves what was spent at midnight to the day before', () => {
    const seen = known(
      {
        readDays: new Map([
          [day(14), { spent: 0, watchedMs: WHOLE_DAY }],
          [day(15), { spent: 4, watchedMs: 12 * HOUR }],
        ]),
      },
      [{ since: at(14, 20), at: at(15), spent: 4 }],
    );
    assert.deepEqual(keySpendOf(seen, NOON)?.days.slice(-2), [4, 0]);
    assert.equal(figures(seen).since, iso(14));
  });

  it('is divided only as far as the ledger lacks it', () => {
    // $5 between 20:00 and 4:00, of which $2 are told until 2:00: all the rest is of today.
    const seen = known(
      {
        covered: [{ from: at(1), to: at(15, 2) }],
        toldDays: new Map([
          [day(14), 1.5],
          [day(15), 0.5],
        ]),
        readDays: new Map([[day(15), { spent: 5, watchedMs: 12 * HOUR }]]),
        told: ({ from, to }) => (from === at(14, 20) && to === at(15, 2) ? 2 : 99),
      },
      [{ since: at(14, 20), at: at(15, 4), spent: 5 }],
    );
    assert.deepEqual(figures(seen), { today: 3.5, week: 5, month: 5, since: iso(1), complete: true });
    // Told from midnight on, all the rest is of yesterday.
    const later = { ...seen, covered: [{ from: at(15), to: NOON }], told: () => 0.5 };
    assert.deepEqual(
      keySpendOf({ ...later, toldDays: new Map([[day(15), 0.5]]) }, NOON)?.days.slice(-2),
      [4.5, 0.5],
    );
  });

  it('takes merged readings for those of one day, unless a long time went before them', () => {
    const merged = (since: number) =>
      keySpendOf(
        known({ readDays: new Map([[day(13), { spent: 9, watchedMs: WHOLE_DAY }]]), readAt: at(14) }, [
          { since, at: at(13, 0, 10), until: at(13, 23), spent: 9 },
        ]),
        NOON,
      );
    assert.deepEqual(merged(at(12, 23, 30))?.days.slice(-4), [0, 9, 0, 0]);
    assert.deepEqual(
      [merged(at(12, 22))?.days.slice(-4), merged(at(12, 22))?.undividedAt],
      [[0, 0, 0, 0], [iso(13)]],
    );
  });

  it('takes merged readings for those of the day of the first, however long the last of them stood', () => {
    const spans = [{ since: at(13, 0, 5), at: at(13, 0, 10), until: at(14, 5), spent: 9 }];
    const seen = known({ readDays: new Map([[day(15), { spent: 0, watchedMs: 12 * HOUR }]]) }, spans);
    assert.deepEqual(keySpendOf(seen, NOON)?.days.slice(-3), [9, 0, 0]);
  });

  it('takes all that readings noticed after a long time for a part of a told sum of no one day that it may be of', () => {
    const hour = { from: at(14, 23, 30), to: at(15, 0, 30), spent: 1 };
    const covered = [
      { from: at(1), to: at(14, 12) },
      { from: at(15, 0, 30), to: NOON },
    ];
    const told = known({ covered, loose: [hour] }, [{ since: at(14, 20), at: at(15, 0, 10), spent: 0.8 }]);
    assert.deepEqual([figures(told).today, figures(told).week], [0, 1]);
  });

  it('counts the calendar week from Monday on', () => {
    const toldDays = new Map([
      [day(14), 0.1],
      [day(15), 0.2],
      [day(16), 0.4],
      [day(21), 1.6],
    ]);
    const told = (now: number) =>
      keySpendOf(known({ covered: [{ from: at(1), to: now }], toldDays, readAt: now }), now)?.calendarWeek;
    // The 15th is a Monday.
    assert.deepEqual([told(NOON), told(at(21, 12))], [0.2, 2.2]);
    assert.equal(keySpendOf(overNight(), at(15, 8))?.calendarWeek, 2);
  });

  it('looks no spend up for a key of which none was read', () => {
    const still = known({
      readDays: new Map([
        [day(14), { spent: 0, watchedMs: WHOLE_DAY }],
        [day(15), { spent: 0, watchedMs: 12 * HOUR }],
      ]),
      noticedOver: () => assert.fail('there is none'),
    });
    assert.equal(figures(still).today, 0);
  });

  it('adds to what was told what readings noticed since', () => {
    const seen = known(
      {
        covered: [{ from: at(1), to: at(15, 9) }],
        toldDays: new Map([[day(15), 5]]),
        readDays: new Map([[day(15), { spent: 8, watchedMs: 12 * HOUR }]]),
      },
      [
        { at: at(15, 8, 30), since: at(15, 8), spent: 4 },
        { at: at(15, 10), since: at(15, 9, 30), spent: 3 },
      ],
    );
    assert.deepEqual(figures(seen), { today: 8, week: 8, month: 8, since: iso(1), complete: true });
  });

  it('counts once what was told of the time of a reading', () => {
    // $2 of the $3 noticed at 9:20 are told until 9:00.
    const seen = known(
      {
        covered: [{ from: at(1), to: at(15, 9) }],
        toldDays: new Map([[day(15), 5]]),
        told: ({ from, to }) => (from === at(15, 8, 40) && to === at(15, 9) ? 2 : 99),
      },
      [{ at: at(15, 9, 20), since: at(15, 8, 40), spent: 3 }],
    );
    assert.equal(figures(seen).today, 6);
  });

  it('takes nothing off where the ledger has more than the counter showed', () => {
    const seen = known(
      { covered: [{ from: at(1), to: at(15, 9) }], toldDays: new Map([[day(15), 5]]), told: () => 4 },
      [{ at: at(15, 9, 20), since: at(15, 8, 40), spent: 3 }],
    );
    assert.equal(figures(seen).today, 5);
  });

  it('counts spend of one moment where that moment is not told', () => {
    const seen = known({ covered: [{ from: at(1), to: at(15, 9) }], toldDays: new Map([[day(15), 5]]) }, [
      { at: at(15, 8), spent: 1 },
      { at: at(15, 10), spent: 2 },
    ]);
    assert.equal(figures(seen).today, 7);
  });

  it('takes the higher figure of a day that an earlier secret spent on', () => {
    const told = known({
      toldDays: new Map([[day(13), 5]]),
      readDays: new Map([
        [day(13), { spent: 2, watchedMs: WHOLE_DAY }],
        [day(15), { spent: 0, watchedMs: 12 * HOUR }],
      ]),
    });
    assert.equal(figures(told).week, 5);
  });

  it('has no part of a day in two days beside one that is read as a whole', () => {
    // Noticed 20 minutes after midnight, on a day that the gateway told from one o'clock on.
    const seen = known(
      {
        covered: [{ from: at(15, 1), to: NOON }],
        readDays: new Map([
          [day(14), { spent: 2, watchedMs: WHOLE_DAY }],
          [day(15), { spent: 1, watchedMs: 12 * HOUR }],
        ]),
      },
      [{ at: at(15, 0, 20), since: at(14, 23, 40), spent: 1 }],
    );
    // Half of it is of either day.
    assert.deepEqual([figures(seen).today, figures(seen).week, figures(seen).since], [0.5, 3, iso(14)]);
  });

  it('has no part of a day in two days before one that is read as a whole', () => {
    const seen = known(
      {
        covered: [{ from: at(14), to: at(14, 23) }],
        readDays: new Map([
          [day(14), { spent: 2, watchedMs: WHOLE_DAY }],
          [day(15), { spent: 1, watchedMs: 12 * HOUR }],
        ]),
      },
      [{ at: at(15, 0, 20), since: at(14, 23, 40), spent: 1 }],
    );
    assert.deepEqual([figures(seen).today, figures(seen).week], [0.5, 1]);
  });

  it('has what is of no one day in sums of several, without what readings noticed of it', () => {
    const midnight = at(15);
    const hour = { from: midnight - HOUR / 2, to: midnight + HOUR / 2 };
    const covered = [
      { from: at(1), to: hour.from },
      { from: hour.to, to: NOON },
    ];
    const toldDays = new Map([[day(14), 10]]);
    // Readings noticed 40 cents of a dollar, in the ten minutes before midnight and after it.
    const spans = [{ since: midnight - 10 * MINUTE, at: midnight + 10 * MINUTE, spent: 0.4 }];
    const told = known({ covered, toldDays, loose: [{ ...hour, spent: 1 }] }, spans);
    const { today, week, month } = figures(told);
    // Today is not known as a whole, and has for certain none of it.
    assert.deepEqual([today, week, month], [0, 11, 11]);
  });

  it('has each of two sums of no one day once', () => {
    const over = (date: number, spent: number) => ({
      from: at(date - 1, 23, 30),
      to: at(date, 0, 30),
      spent,
    });
    const [first, second] = [over(11, 1), over(13, 2)];
    const covered = [
      { from: at(1), to: first.from },
      { from: first.to, to: second.from },
      { from: second.to, to: NOON },
    ];
    const { today, week, month } = figures(known({ covered, loose: [first, second] }));
    assert.deepEqual([today, week, month], [0, 3, 3]);
  });

  it('has fourteen days, today last', () => {
    const told = known({
      covered: [{ from: at(1), to: NOON }],
      toldDays: new Map([
        [day(1), 9],
        [day(2), 1],
        [day(15), 14],
      ]),
    });
    assert.deepEqual(keySpendOf(told, NOON)?.days, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14]);
  });

  it('adds no noise of binary numbers', () => {
    const told = known({
      covered: [{ from: at(1), to: NOON }],
      toldDays: new Map([
        [day(14), 0.1],
        [day(15), 0.2],
      ]),
    });
    assert.equal(figures(told).week, 0.3);
  });

  it('takes a day with few readings for one that was not watched', () => {
    const seen = known({
      readDays: new Map([
        [day(14), { spent: 0, watchedMs: WHOLE_DAY - HOUR - MINUTE }],
        [day(15), { spent: 0, watchedMs: 12 * HOUR }],
      ]),
    });
    assert.equal(figures(seen).since, iso(15));
  });
});
