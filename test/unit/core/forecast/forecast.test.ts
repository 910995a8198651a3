import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { currentForecast } from '../../../../src/core/forecast/currentForecast.ts';
import { estimateForecast } from '../../../../src/core/forecast/forecast.ts';
import type { SpendSpan } from '../../../../src/core/forecast/spendSpan.ts';
import { withNextChange } from '../../../../src/core/nextChange.ts';
import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { round6 } from '../../../../src/core/quota/unit.ts';
import { forAll } from '../../support/forAll.ts';
import { at, DAY, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

/** A dollar an hour, noticed at the end of each hour, for so many hours until `NOW`. */
function steady(hours: number): SpendSpan[] {
  return Array.from({ length: hours }, (_, index) => {
    const noticed = NOW - index * HOUR;
    return { at: noticed, since: noticed - HOUR, spent: 1 };
  });
}

const left = (remaining: number) => reading({ quota: quota(remaining) });

describe('a forecast', () => {
  it('of a key that spent a dollar an hour all week says that 48 dollars last for two days', () => {
    assert.deepEqual(estimateForecast(left(48), steady(7 * 24), NOW - 7 * DAY, NOW), {
      perDay: 24,
      confidence: 'good',
      lastsUntil: at(2 * DAY),
    });
  });

  it('has low confidence while a single day was watched', () => {
    const { confidence, lastsUntil } = estimateForecast(left(48), steady(24), NOW - DAY, NOW);
    assert.deepEqual({ confidence, lastsUntil }, { confidence: 'low', lastsUntil: at(2 * DAY) });
  });

  it('has no figures in the first six hours', () => {
    assert.deepEqual(estimateForecast(left(48), steady(5), NOW - 5 * HOUR, NOW), { confidence: 'none' });
  });

  it('has no figures with two samples of spend', () => {
    const spans = steady(24).slice(0, 2);
    assert.deepEqual(estimateForecast(left(48), spans, NOW - DAY, NOW), { confidence: 'none' });
  });

  it('of a key that spent nothing for two days is 0 a day', () => {
    assert.deepEqual(estimateForecast(left(48), [], NOW - 2 * DAY, NOW), { perDay: 0, confidence: 'fair' });
  });

  it('expects no spend at night where nights were idle', () => {
    const now = new Date(2026, 5, 15, 18).getTime();
    // From nine to five by the local clock, a dollar an hour, on each of seven days.
    const spans = Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 8 }, (_, hour): SpendSpan => {
        const noticed = new Date(2026, 5, 9 + day, 10 + hour).getTime();
        return { at: noticed, since: noticed - HOUR, spent: 1 };
      }),
    ).flat();
    const { lastsUntil } = estimateForecast(left(12), spans, now - 7 * DAY, now);
    assert.equal(lastsUntil, new Date(2026, 5, 17, 13).toISOString());
  });

  it('has a later end after a top-up, at the same rate', () => {
    const { perDay, lastsUntil } = estimateForecast(left(72), steady(7 * 24), NOW - 7 * DAY, NOW);
    assert.deepEqual({ perDay, lastsUntil }, { perDay: 24, lastsUntil: at(3 * DAY) });
  });

  describe('is as sure as the days it is made of', () => {
    // Noon of a Monday by the local clock, after whole days from Tuesday to Sunday.
    const now = new Date(2026, 5, 15, 12).getTime();
    const day = (date: number, spent: number) =>
      [10, 11, 12, 13].map((hour): SpendSpan => {
        const noticed = new Date(2026, 5, date, hour).getTime();
        return { at: noticed, since: noticed - HOUR, spent: spent / 4 };
      });
    const confidence = (...days: readonly number[]) =>
      estimateForecast(
        left(1000),
        days.flatMap((spent, index) => day(15 - days.length + index, spent)),
        new Date(2026, 5, 15 - days.length).getTime(),
        now,
      ).confidence;

    it('good for five or more that scatter by less than 0.6 of their mean', () => {
      // The mean is 5 on working days and on the weekend; the roots of 36 / 6 and 64 / 6, over 5, are 0.49 and 0.65.
      assert.equal(confidence(8, 2, 8, 2, 5, 5), 'good');
      assert.equal(confidence(9, 1, 9, 1, 5, 5), 'fair');
      assert.equal(confidence(5, 5, 5, 5, 5), 'good');
      assert.equal(confidence(5, 5, 5, 5), 'fair');
      assert.equal(confidence(5, 5), 'fair');
    });

    it('low for one day, and for days that scatter by more than 1.2 of their mean', () => {
      assert.equal(confidence(5), 'low');
      // The mean is 4; the root of (18² + 3 × 6²) / 6 over it is 2.1.
      assert.equal(confidence(24, 0, 0, 0, 0, 0), 'low');
    });

    it('good where weekends differ from working days, and each kind agrees', () => {
      assert.equal(confidence(10, 10, 10, 10, 1, 1), 'good');
    });

    it('low where all spend was noticed long after', () => {
      const noons = [9, 10, 11, 12, 13, 14].map((date): SpendSpan => {
        const noticed = new Date(2026, 5, date, 23).getTime();
        return { at: noticed, since: noticed - 20 * HOUR, spent: 20 };
      });
      assert.equal(
        estimateForecast(left(1000), noons, new Date(2026, 5, 9).getTime(), now).confidence,
        'low',
      );
    });
  });

  describe('of a burst', () => {
    const before = [50, 40, 30].map((hours): SpendSpan => {
      const noticed = NOW - hours * HOUR;
      return { at: noticed, since: noticed - HOUR, spent: 1 };
    });
    const burst = (remaining: number, ...minutes: readonly number[]) => {
      const spans = minutes.map((ago): SpendSpan => {
        const noticed = NOW - ago * MINUTE;
        return { at: noticed, since: noticed - 10 * MINUTE, spent: 6 / minutes.length };
      });
      return estimateForecast(left(remaining), [...before, ...spans], NOW - 7 * DAY, NOW).lastsUntil ?? '';
    };

    it('of six dollars in the last hour: twelve last for two hours', () => {
      assert.equal(burst(12, 40, 20, 0), at(2 * HOUR));
    });

    it('takes it to be over after two hours', () => {
      assert.ok(Date.parse(burst(12.1, 40, 20, 0)) > NOW + 4 * HOUR);
    });

    it('is none where it was noticed twice', () => {
      assert.ok(Date.parse(burst(12, 30, 0)) > NOW + 4 * HOUR);
    });
  });

  it('does not say how long a key lasts that requests or per cent limit, and stops at the reset of a window', () => {
    const until = (window: QuotaWindow) =>
      estimateForecast(reading({ windows: [window] }), steady(7 * 24), NOW - 7 * DAY, NOW).lastsUntil;
    const month = { name: 'month', unit: 'money', limit: 500, used: 452 } as const;
    assert.equal(until({ name: '5h', unit: 'percent', used: 52 }), undefined);
    assert.equal(until(month), at(2 * DAY));
    assert.equal(until({ ...month, resetsAt: at(3 * DAY) }), at(2 * DAY));
    assert.equal(until({ ...month, resetsAt: at(DAY) }), undefined);
  });

  it('goes on past the reset of a budget that is not what runs out first', () => {
    const figures = reading({
      quota: quota(48),
      budget: { spent: 2, limit: 500, resetsAt: at(DAY) },
    });
    assert.equal(estimateForecast(figures, steady(7 * 24), NOW - 7 * DAY, NOW).lastsUntil, at(2 * DAY));
  });

  describe('has a rate and no end', () => {
    const spans = steady(7 * 24);
    const CASES = {
      'where the budget is reset before': reading({
        budget: { spent: 2, limit: 50, resetsAt: at(DAY) },
      }),
      'where nothing limits': reading({ quota: { unlimited: true, used: 5 } }),
      'that is more than a year away': left(24 * 400),
      'where nothing is left': left(0),
    };
    for (const [what, figures] of Object.entries(CASES)) {
      it(what, () =>
        assert.deepEqual(estimateForecast(figures, spans, NOW - 7 * DAY, NOW), {
          perDay: 24,
          confidence: 'good',
        }),
      );
    }

    it('only where the budget resets first: with a later reset it has an end', () => {
      const budget = { spent: 2, limit: 50, resetsAt: at(3 * DAY) };
      const { lastsUntil } = estimateForecast(reading({ budget }), spans, NOW - 7 * DAY, NOW);
      assert.equal(lastsUntil, at(2 * DAY));
    });
  });

  describe('never ends after the key does,', () => {
    const spans = steady(7 * 24);
    const foreseen = (more: Partial<Reading>) =>
      estimateForecast(reading({ quota: quota(48), ...more }), spans, NOW - 7 * DAY, NOW).lastsUntil;
    type Case = readonly [what: string, more: Partial<Reading>, lastsUntil: string | undefined];
    const CASES_BY_CLOCK: Case[] = [];
    const CASES: readonly Case[] = [
      ['that ends before', { expiresAt: at(DAY) }, undefined],
      ['that ends after', { expiresAt: at(3 * DAY) }, at(2 * DAY)],
      ['that never ends', { expiresAt: null }, at(2 * DAY)],
      ['whose plan ends before', { plan: { expiresAt: at(DAY) } }, undefined],
      ['whose plan ends after', { plan: { expiresAt: at(3 * DAY) } }, at(2 * DAY)],
      [
        'whose budget is reset before',
        { quota: undefined, budget: { spent: 2, limit: 50, resetsAt: at(DAY) } },
        undefined,
      ],
      [
        'but beyond a time at which its budget should have been reset',
        { quota: undefined, budget: { spent: 2, limit: 50, resetsAt: at(-HOUR) } },
        at(2 * DAY),
      ],
    ];
    // By a clock that is a year ahead of the gateway's, or behind.
    for (const years of [1, -1]) {
      const clockAheadMs = years * 365 * DAY;
      const budget = { spent: 2, limit: 50, resetsAt: at(DAY - clockAheadMs) };
      const where = years > 0 ? 'ahead' : 'behind';
      CASES_BY_CLOCK.push(
        [
          `that ends before, by a clock ${where}`,
          { clockAheadMs, expiresAt: at(DAY - clockAheadMs) },
          undefined,
        ],
        [
          `that ends after, by a clock ${where}`,
          { clockAheadMs, expiresAt: at(3 * DAY - clockAheadMs) },
          at(2 * DAY),
        ],
        [
          `whose budget is reset before, by a clock ${where}`,
          { clockAheadMs, quota: undefined, budget },
          undefined,
        ],
      );
    }
    for (const [what, more, lastsUntil] of [...CASES, ...CASES_BY_CLOCK])
      it(what, () => assert.equal(foreseen(more), lastsUntil));
  });

  describe('of a burst', () => {
    const NOON = new Date(2026, 5, 20, 12).getTime();
    /** A dime an hour for a week up to a Saturday at noon. */
    const calm = Array.from({ length: 7 * 24 }, (_, index): SpendSpan => {
      const noticed = NOON - index * HOUR;
      return { at: noticed, since: noticed - HOUR, spent: 0.1 };
    });
    /** 7.60 dollars in the hour up to `until`, noticed every five minutes. */
    const burst = (until: number) =>
      Array.from({ length: 12 }, (_, index): SpendSpan => {
        const noticed = until - index * 5 * MINUTE;
        return { at: noticed, since: noticed - 5 * MINUTE, spent: 7.6 / 12 };
      });
    const foreseen = (remaining: number, spans: readonly SpendSpan[], now: number) =>
      estimateForecast(
        left(remaining),
        [...spans].sort((a, b) => a.at - b.at),
        now - 7 * DAY,
        now,
      );

    it('that goes on and will use up what is left: the time and the pace are those of the burst', () => {
      const { perDay, lastsUntil } = foreseen(3.42, [...calm, ...burst(NOON)], NOON);
      // The last hour had the dime as well: 3.42 dollars at 7.70 an hour.
      assert.equal(Math.round((Date.parse(lastsUntil ?? '') - NOON) / MINUTE), 27);
      assert.equal(perDay, 185);
    });

    const hoursLeft = (remaining: number, spans: readonly SpendSpan[]) =>
      (Date.parse(foreseen(remaining, spans, NOON).lastsUntil ?? '') - NOON) / HOUR;

    it('that would have to go on for more than two hours is not what the end is told by', () => {
      // 15.40 dollars are two hours at 7.70; a cent more goes by the week, which spends about 3.5 a day.
      assert.ok(Math.abs(hoursLeft(15.39, [...calm, ...burst(NOON)]) - 2) < 0.01);
      assert.ok(hoursLeft(15.41, [...calm, ...burst(NOON)]) > 3 * 24);
    });

    it('needs three samples: one large answer is no burst', () => {
      const once: SpendSpan = { at: NOON - 5 * MINUTE, since: NOON - 10 * MINUTE, spent: 7.6 };
      assert.ok(hoursLeft(3.42, [...calm, once]) > 12);
    });

    it('that is over is spread over the week, and does not raise the rate of its hour on other days', () => {
      const now = NOON + 8 * HOUR;
      const later = calm.map(span => ({
        ...span,
        at: span.at + 8 * HOUR,
        since: (span.since ?? 0) + 8 * HOUR,
      }));
      // At noon of the next day, an hour with the burst's name comes again.
      const { perDay, lastsUntil } = foreseen(5, [...later, ...burst(NOON)], now);
      // 16.80 dollars by the hour and 7.60 in the burst, in a week: 3.486 a day.
      assert.ok(Math.abs((perDay ?? 0) - 3.486) < 0.05, String(perDay));
      assert.equal(Math.round((Date.parse(lastsUntil ?? '') - now) / HOUR), 34);
    });
  });

  it('has low confidence in days whose spend is mostly interpolated', () => {
    const gap: SpendSpan = { at: NOW - 2 * HOUR, since: NOW - 6 * DAY, spent: 60 };
    const spans = [gap, ...steady(2)];
    assert.equal(estimateForecast(left(48), spans, NOW - 7 * DAY, NOW).confidence, 'low');
  });

  it('leaves out an end that has passed', () => {
    const forecast = { perDay: 24, confidence: 'good', lastsUntil: at(HOUR) } as const;
    assert.deepEqual(currentForecast(forecast, NOW), forecast);
    assert.deepEqual(currentForecast(forecast, NOW + HOUR), { perDay: 24, confidence: 'good' });
    assert.equal(currentForecast(undefined, NOW), undefined);
    // Whatever shows it is redrawn at that time.
    assert.equal(withNextChange(() => currentForecast(forecast, NOW)).until, NOW + HOUR);
    assert.equal(withNextChange(() => currentForecast(forecast, NOW + HOUR)).until, Number.POSITIVE_INFINITY);
  });

  it('of any spend has an end after now and before the key’s, and a rate that agrees with it', () => {
    const span = fc.record({
      ago: fc.integer({ min: 0, max: 7 * 24 * 60 }),
      minutes: fc.integer({ min: 0, max: 2000 }),
      spent: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e4, noNaN: true })),
    });
    const inputs = fc.record({
      spans: fc.array(span, { maxLength: 60 }),
      remaining: fc.double({ min: 1e-6, max: 1e5, noNaN: true }),
      endsIn: fc.option(fc.integer({ min: -1000, max: 30 * 24 * 60 })),
      resetsIn: fc.option(fc.integer({ min: -1000, max: 30 * 24 * 60 })),
      isBudget: fc.boolean(),
    });
    forAll(inputs, ({ spans, remaining, endsIn, resetsIn, isBudget }) => {
      const resetsAt = resetsIn === null ? undefined : at(resetsIn * MINUTE);
      const figures = reading({
        expiresAt: endsIn === null ? null : at(endsIn * MINUTE),
        ...(isBudget ? { budget: { spent: 0, limit: remaining, resetsAt } } : { quota: quota(remaining) }),
      });
      const seen = spans
        .map(({ ago, minutes, spent }) => {
          const noticed = NOW - ago * MINUTE;
          return { at: noticed, since: noticed - minutes * MINUTE, spent };
        })
        .sort((a, b) => a.at - b.at);
      const { lastsUntil, perDay = Number.NaN } = estimateForecast(figures, seen, NOW - 7 * DAY, NOW);
      if (lastsUntil === undefined) return true;
      const end = Date.parse(lastsUntil);
      const left = isBudget ? round6(remaining) : remaining;
      const byPace = (left / perDay) * DAY;
      const isBeforeEnd = endsIn === null || end <= NOW + endsIn * MINUTE;
      const isBeforeReset = !isBudget || resetsIn === null || resetsIn <= 0 || end <= NOW + resetsIn * MINUTE;
      const agrees = Math.abs(byPace / (end - NOW) - 1) < 0.006;
      return end > NOW && isBeforeEnd && isBeforeReset && agrees;
    });
  });
});
