import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { forecastOf, type SpendSpan } from '../../../src/quota/forecast.ts';
import { at, DAY, HOUR, NOW, quota, reading } from '../support/samples.ts';

/** A dollar an hour, noticed at the end of each hour, for so many hours until `NOW`. */
function steady(hours: number): SpendSpan[] {
  return Array.from({ length: hours }, (_, index) => {
    const noticed = NOW - index * HOUR;
    return { at: noticed, since: noticed - HOUR, spent: 1 };
  });
}

const left = (remaining: number) => reading({ quota: quota(remaining) });

describe('a forecast', () => {
  it('of a dollar an hour all week: 48 dollars last for two days', () => {
    assert.deepEqual(forecastOf(left(48), steady(7 * 24), NOW - 7 * DAY, NOW), {
      perDay: 24,
      confidence: 'good',
      lastsUntil: at(2 * DAY),
    });
  });

  it('is careful while a single day is known', () => {
    const { confidence, lastsUntil } = forecastOf(left(48), steady(24), NOW - DAY, NOW);
    assert.deepEqual({ confidence, lastsUntil }, { confidence: 'low', lastsUntil: at(2 * DAY) });
  });

  it('says nothing in the first six hours', () => {
    assert.deepEqual(forecastOf(left(48), steady(5), NOW - 5 * HOUR, NOW), { confidence: 'none' });
  });

  it('says nothing from two times that something was spent', () => {
    const spans = steady(24).slice(0, 2);
    assert.deepEqual(forecastOf(left(48), spans, NOW - DAY, NOW), { confidence: 'none' });
  });

  it('of a key that spent nothing for two days: nothing a day', () => {
    assert.deepEqual(forecastOf(left(48), [], NOW - 2 * DAY, NOW), { perDay: 0, confidence: 'fair' });
  });

  it('lets the nights pass that are idle', () => {
    const now = new Date(2026, 5, 15, 18).getTime();
    // From nine to five by the local clock, a dollar an hour, on each of seven days.
    const spans = Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 8 }, (_, hour): SpendSpan => {
        const noticed = new Date(2026, 5, 9 + day, 10 + hour).getTime();
        return { at: noticed, since: noticed - HOUR, spent: 1 };
      }),
    ).flat();
    const { lastsUntil } = forecastOf(left(12), spans, now - 7 * DAY, now);
    assert.equal(lastsUntil, new Date(2026, 5, 17, 13).toISOString());
  });

  it('has a new end after a top-up, at the same pace', () => {
    const { perDay, lastsUntil } = forecastOf(left(72), steady(7 * 24), NOW - 7 * DAY, NOW);
    assert.deepEqual({ perDay, lastsUntil }, { perDay: 24, lastsUntil: at(3 * DAY) });
  });

  describe('has a pace and no end', () => {
    const spans = steady(7 * 24);
    const CASES = {
      'where the budget begins anew before': reading({
        budget: { spent: 2, limit: 50, resetsAt: at(DAY) },
      }),
      'where nothing limits': reading({ quota: { unlimited: true, used: 5 } }),
      'that is more than a year away': left(24 * 400),
      'where nothing is left': left(0),
    };
    for (const [what, figures] of Object.entries(CASES)) {
      it(what, () =>
        assert.deepEqual(forecastOf(figures, spans, NOW - 7 * DAY, NOW), { perDay: 24, confidence: 'good' }),
      );
    }

    it('but an end where the budget lasts longer than until then', () => {
      const budget = { spent: 2, limit: 50, resetsAt: at(3 * DAY) };
      const { lastsUntil } = forecastOf(reading({ budget }), spans, NOW - 7 * DAY, NOW);
      assert.equal(lastsUntil, at(2 * DAY));
    });
  });
});
