import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { weekHours } from '../../../src/core/usage/weekHours.ts';
import { levelClass, weekMap } from '../../../src/webview/widgets/weekMap.ts';
import { markup, templateText } from './templateText.ts';
import { report } from './usageReports.ts';

// 1 June 2026 is a Monday. The hours from 13:00 on Monday to 09:59 on Tuesday are covered.
const [FROM, TO] = ['2026-06-01T13:00:00.000Z', '2026-06-02T09:59:59.999Z'];
const hourly = (cells: readonly (readonly [at: string, used: number])[], more: Partial<UsageReport> = {}) =>
  report({
    total: { used: cells.reduce((sum, [, used]) => sum + used, 0) },
    coverage: { complete: true, from: FROM, to: TO },
    timeline: { step: 'hour', cells: cells.map(([at, used]) => ({ at, used })) },
    ...more,
  });
const MONDAY = hourly([
  ['2026-06-01T14:00', 1],
  ['2026-06-01T14:00', 0.5],
  ['2026-06-02T09:00', 4],
]);

describe('what was spent by weekday and hour', () => {
  it('adds up what was spent in the same hour, and is 0 where nothing was', () => {
    const week = weekHours([MONDAY], [], 'UTC');
    assert.deepEqual(week.used[0]?.slice(12), [undefined, 0, 1.5, ...Array(9).fill(0)]);
    assert.deepEqual(week.used[1]?.slice(0, 11), [...Array(9).fill(0), 4, undefined]);
    assert.deepEqual([week.most, week.withoutHour, week.silent], [4, 0, 0]);
    assert.ok(week.used.slice(2).every(row => row.every(amount => amount === undefined)));
  });

  it('is 0 up to the last hour that is covered', () => {
    const week = weekHours([hourly([])], [], 'UTC');
    assert.deepEqual(week.used[1]?.slice(8, 11), [0, 0, undefined]);
  });

  it('is not 0 in hours of which a part is missing', () => {
    const gaps = [{ from: '2026-06-01T15:30:00.000Z', to: '2026-06-01T17:00:00.000Z' }];
    const coverage = { complete: false, from: FROM, to: TO, reason: 'ledger-gaps', gaps } as const;
    const week = weekHours([hourly([['2026-06-01T16:00', 1]], { coverage })], [], 'UTC');
    assert.deepEqual(week.used[0]?.slice(13, 19), [0, 0, undefined, 1, 0, 0]);
  });

  it('is not 0 in an hour within which the figures begin or end before the range does', () => {
    const part = (from: string, to: string) =>
      weekHours(
        [hourly([], { from: FROM, to: TO, coverage: { complete: false, from, to, reason: 'last-rows' } })],
        [],
        'UTC',
      ).used.flat();
    const late = part('2026-06-01T15:30:00.000Z', TO);
    assert.deepEqual(late.slice(13, 18), [undefined, undefined, undefined, 0, 0]);
    assert.deepEqual(late.slice(24 + 8, 24 + 11), [0, 0, undefined], 'to the end of the range');
    const early = part(FROM, '2026-06-01T15:30:00.000Z');
    assert.deepEqual(early.slice(13, 17), [0, 0, undefined, undefined]);
  });

  it('adds up several weeks and keys', () => {
    const later = hourly([['2026-06-08T14:00', 2]], {
      keyId: 'other',
      coverage: { complete: true, from: '2026-06-08T14:00:00Z', to: '2026-06-08T14:59:59Z' },
    });
    assert.equal(weekHours([MONDAY, later], [], 'UTC').used[0]?.[14], 3.5);
  });

  it('is in the zone in which the spend was dated', () => {
    const week = weekHours([hourly([['2026-06-01T22:00', 1]])], [], 'Asia/Shanghai');
    assert.deepEqual(week.used[0]?.slice(20), [undefined, 0, 1, 0], 'covered from 21:00 there');
  });

  it('has the hours of reports that go by the day, where they are known', () => {
    const day = report({
      total: { used: 6 },
      timeline: { step: 'day', cells: [{ at: '2026-06-01', used: 6 }] },
    });
    assert.deepEqual(weekHours([day], [MONDAY], 'UTC').used[1]?.[9], 4);
    assert.equal(weekHours([day], [MONDAY], 'UTC').withoutHour, 0.5, 'what the hours do not account for');
    const silent = weekHours([day], [{ ...MONDAY, keyId: 'other' }], 'UTC');
    assert.deepEqual([silent.silent, silent.withoutHour, silent.most], [1, 6, 0]);
  });

  it('counts what has a day and no hour apart', () => {
    const week = weekHours(
      [
        hourly([
          ['2026-06-01', 2],
          ['2026-06-01T14:00', 1],
        ]),
      ],
      [],
      'UTC',
    );
    assert.deepEqual([week.used[0]?.[14], week.withoutHour], [1, 2]);
  });
});

describe('the map of weekdays and hours', () => {
  const usd = { code: 'USD', source: 'gateway' } as const;
  const shown = (...reports: readonly UsageReport[]) =>
    weekMap({ week: weekHours(reports, [], 'UTC'), unit: usd, onOpen: () => undefined });

  it('has bigger squares for more, and says every amount', () => {
    assert.deepEqual(
      [undefined, 0, -1, 0.01, 2, 2.01, 9.9, 10].map(amount => levelClass(amount, 10)),
      ['unknown', 'level-0', 'level-0', 'level-1', 'level-1', 'level-2', 'level-5', 'level-5'],
    );
    const text = markup(shown(MONDAY)).replace(/\s/g, ' ');
    assert.match(text, /<td title=Monday 2:00 PM: \$1\.50 aria-label=\$1\.50><span class=level-2>/);
    assert.match(text, /<td title=Sunday 11:00 PM: unknown aria-label=unknown><span class=unknown>/);
    assert.equal(text.match(/<td title=/g)?.length, 7 * 24);
  });

  it('says what is not known', () => {
    assert.match(templateText(shown(MONDAY)), /A dash marks an hour that the figures do not cover\.$/);
    const day = report({ total: { used: 6 } });
    assert.equal(
      templateText(shown(day)),
      'By weekday and hour Keys whose hours are unknown: 1.Spend at an unknown hour: $6.00.',
    );
    assert.doesNotMatch(markup(shown(day)), /<table>/);
  });

  it('is one line until its hours have come', () => {
    const empty = weekMap({ week: undefined, unit: usd, onOpen: () => undefined });
    assert.equal(templateText(empty), 'By weekday and hour');
  });
});
