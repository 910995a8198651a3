import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendSpan } from '../../../../src/core/forecast/spendSpan.ts';
import { anomalyChecksOf, findAnomalies } from '../../../../src/core/usage/anomalies.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';

const day = (date: number, used: number) => ({ name: `2026-06-${String(date).padStart(2, '0')}`, used });

function reportOf(more: Partial<UsageReport>): UsageReport {
  return {
    scope: { key: 'Cline' },
    keyId: 'k',
    from: new Date(2026, 5, 1).toISOString(),
    to: new Date(2026, 5, 30).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    coverage: { complete: true },
    source: 'gateway',
    ...more,
  };
}

describe('anomalies', () => {
  it('a day at eight times the usual one is named, with both figures', () => {
    const byDay = [day(1, 2), day(2, 2.5), day(3, 1.5), day(4, 16), day(5, 2), day(6, 2.2)];
    assert.deepEqual(findAnomalies(reportOf({ byDay })), [
      { kind: 'high-day', at: '2026-06-04', used: 16, usual: 2.1 },
    ]);
  });

  it('days are not compared where the scale or unit changed among them', () => {
    const byDay = [day(1, 2), day(2, 2.5), day(3, 1.5), day(4, 16), day(5, 2), day(6, 2.2)];
    const coverage = { complete: false, reason: 'scale-changed' } as const;
    const changed = reportOf({ byDay, coverage, total: { used: 26.2 } });
    assert.deepEqual(findAnomalies(changed), []);
    assert.equal(anomalyChecksOf(changed).days, false);
  });

  it('days that scatter widely all the time are none', () => {
    const byDay = [day(1, 1), day(2, 9), day(3, 4), day(4, 12), day(5, 2), day(6, 7)];
    assert.deepEqual(findAnomalies(reportOf({ byDay })), []);
  });

  it('there are none with four days, which are no baseline', () => {
    assert.deepEqual(findAnomalies(reportOf({ byDay: [day(1, 1), day(2, 1), day(3, 1), day(4, 50)] })), []);
  });

  it('spend on a key that should be idle is named', () => {
    const report = reportOf({
      byKey: [
        { name: 'old', used: 0.4 },
        { name: 'new', used: 3 },
      ],
    });
    assert.deepEqual(findAnomalies(report, { idleKeys: ['old', 'Cline'] }), [
      { kind: 'not-idle', at: 'old', used: 0.4 },
    ]);
  });

  describe('hours', () => {
    /** A dollar at each of five hours a day, on so many days before June. */
    const habit = (days = 10): SpendSpan[] =>
      Array.from({ length: days }, (_, date) =>
        [9, 10, 11, 14, 15].map(hour => ({ at: new Date(2026, 4, 11 + date, hour).getTime(), spent: 1 })),
      ).flat();
    const night = new Date(2026, 5, 3, 3, 20).getTime();
    const hoursOf = (spans: readonly SpendSpan[]) => findAnomalies(reportOf({}), { spans });

    it('the key never had are named once there is a habit', () => {
      assert.deepEqual(hoursOf([...habit(), { at: night, spent: 4 }]), [
        { kind: 'strange-hour', at: '2026-06-03T03:00', used: 4, hours: [9, 10, 11, 14, 15] },
      ]);
      assert.deepEqual(hoursOf([...habit(4), { at: night, spent: 4 }]), [], 'too little of a habit');
    });

    it('are not compared for spend after a long gap between readings', () => {
      const minute = 60_000;
      assert.equal(hoursOf([...habit(), { at: night, since: night - 5 * minute, spent: 4 }]).length, 1);
      assert.deepEqual(hoursOf([...habit(), { at: night, since: night - 600 * minute, spent: 4 }]), []);
    });

    it('are usual when the spend may have been in the hour before', () => {
      const noon = new Date(2026, 5, 3, 12, 2).getTime();
      assert.deepEqual(hoursOf([...habit(), { at: noon, since: noon - 300_000, spent: 4 }]), []);
    });

    it('are named from the beginning of the range on', () => {
      const beginning = new Date(2026, 5, 1).getTime();
      const found = (at: number) => hoursOf([...habit(), { at, spent: 4 }]).map(each => each.at);
      assert.deepEqual(found(beginning), ['2026-06-01T00:00']);
      assert.deepEqual(found(beginning - 1), []);
    });

    it('are named where spend came up to 90 minutes after the reading before', () => {
      const found = (gapMs: number) => hoursOf([...habit(), { at: night, since: night - gapMs, spent: 4 }]);
      assert.equal(found(5_400_000).length, 1);
      assert.equal(found(5_400_001).length, 0);
    });

    it('are not named where nothing was spent', () => {
      assert.deepEqual(hoursOf([...habit(), { at: night, spent: 0 }]), []);
    });

    it('do not become usual by spend whose hour is not known', () => {
      const atThree = new Date(2026, 4, 25, 3, 10).getTime();
      const unknown = { at: atThree, since: atThree - 10 * 3_600_000, spent: 4 };
      const [found] = hoursOf([...habit(), unknown, { at: night, spent: 4 }]);
      assert.deepEqual(found?.kind === 'strange-hour' && found.hours, [9, 10, 11, 14, 15]);
    });

    describe('are a habit', () => {
      /** A dollar at `perDay` hours from nine on, on each of so many days before the night. */
      const spansOf = (days: number, perDay: number): SpendSpan[] =>
        Array.from({ length: days }, (_, back) => days - back).flatMap(back =>
          Array.from({ length: perDay }, (_, hour) => ({
            at: new Date(2026, 5, 3 - back, 9 + hour).getTime(),
            spent: 1,
          })),
        );
      const isHabit = (spans: readonly SpendSpan[]) =>
        hoursOf([...spans, { at: night, spent: 4 }]).length === 1;

      it('after forty samples', () => {
        assert.equal(isHabit(spansOf(8, 5)), true);
        assert.equal(isHabit(spansOf(8, 5).slice(1)), false);
      });

      it('on seven days', () => {
        assert.equal(isHabit(spansOf(7, 6)), true);
        assert.equal(isHabit(spansOf(6, 7)), false);
      });

      it('to which the day itself does not count', () => {
        const midnight = { at: new Date(2026, 5, 3, 0, 30).getTime(), spent: 1 };
        const atNight = (spans: readonly SpendSpan[]) =>
          hoursOf([...spans, midnight, { at: night, spent: 4 }]).map(each => each.at);
        assert.deepEqual(atNight(spansOf(7, 6)), ['2026-06-03T00:00', '2026-06-03T03:00']);
        assert.deepEqual(atNight(spansOf(6, 7)), []);
      });
    });

    it('and days can be judged only with enough of them', () => {
      const byDay = [1, 2, 3, 4, 5].map(date => day(date, 1));
      assert.deepEqual(anomalyChecksOf(reportOf({ byDay }), { spans: habit() }), { days: true, hours: true });
      assert.deepEqual(anomalyChecksOf(reportOf({ byDay: byDay.slice(1) }), { spans: habit(5) }), {
        days: false,
        hours: false,
      });
      assert.deepEqual(anomalyChecksOf(reportOf({})), { days: false, hours: false });
    });
  });
});

describe('a day that stands out', () => {
  const days = (...used: number[]) => used.map((each, index) => day(index + 1, each));
  const found = (...used: number[]) => findAnomalies(reportOf({ byDay: days(...used) })).map(each => each.at);

  it('is more than three times the usual one, and more than six times the scatter above it', () => {
    // The middle day is 2, and half of the days are within 0 of it.
    assert.deepEqual(found(2, 2, 2, 2, 6), []);
    assert.deepEqual(found(2, 2, 2, 2, 6.01), ['2026-06-05']);
    // The middle day is 2, the middle distance from it 1: a day of 8 is within six of them.
    assert.deepEqual(found(1, 2, 3, 1, 8), []);
    assert.deepEqual(found(1, 2, 3, 1, 8.01), ['2026-06-05']);
    // Six scatters above the usual day, and less than three times as much.
    assert.deepEqual(found(10, 10, 10, 10, 29), []);
  });

  it('is none where an ordinary day spends nothing', () => assert.deepEqual(found(0, 0, 0, 0, 50), []));

  it('is looked for from five days on', () => {
    assert.equal(anomalyChecksOf(reportOf({ byDay: days(1, 1, 1, 1, 1) })).days, true);
    assert.equal(anomalyChecksOf(reportOf({ byDay: days(1, 1, 1, 1) })).days, false);
    assert.equal(anomalyChecksOf(reportOf({})).days, false);
  });
});

describe('a key that should be idle', () => {
  const found = (more: Partial<UsageReport>) => findAnomalies(reportOf(more), { idleKeys: ['Cline', 'old'] });

  it('is named where the report is its own', () => {
    assert.deepEqual(found({ total: { used: 0.5 } }), [{ kind: 'not-idle', at: 'Cline', used: 0.5 }]);
  });

  it('is told apart by its id from another of the same name', () => {
    const idle = (keyId: string) =>
      findAnomalies(reportOf({ keyId, total: { used: 0.5 } }), { idleKeys: ['b'] });
    assert.deepEqual(idle('a'), []);
    assert.deepEqual(idle('b'), [{ kind: 'not-idle', at: 'Cline', used: 0.5 }]);
  });

  it('may be an account', () => {
    const account = { scope: { account: 'old' }, total: { used: 2 } };
    assert.deepEqual(found(account), [{ kind: 'not-idle', at: 'old', used: 2 }]);
  });

  it('is not where nothing was spent, nothing is known, or the report is of another', () => {
    assert.deepEqual(found({ total: { used: 0 } }), []);
    assert.deepEqual(found({}), []);
    assert.deepEqual(found({ scope: { key: 'busy' }, total: { used: 5 } }), []);
    assert.deepEqual(found({ scope: { account: 'team' }, total: { used: 5 } }), []);
    assert.deepEqual(found({ byKey: [{ name: 'old', used: 0 }] }), []);
  });
});
