import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { chartOf, isUntimed, type SectionFigures } from '../../../src/webview/usage/sectionChart.ts';
import { report, sectionOf } from './usageReports.ts';

const key = (name: string, more: Partial<UsageReport> = {}) =>
  report({ scope: { key: name }, keyId: name, ...more });
const figures = (...reports: readonly UsageReport[]): SectionFigures => ({
  section: sectionOf(...reports),
  missing: 0,
  timeZone: 'UTC',
});
const days = (name: string, used: number, more: Partial<UsageReport> = {}) =>
  key(name, { total: { used }, byDay: [{ name: '2026-06-02', used }], ...more });
const untimed = (used: number) => key('Untimed', { total: { used } });
const captionOf = (shown: SectionFigures) => chartOf(shown, 'finest', 'key')?.caption;

describe('the chart of a section', () => {
  it('is none where the source gives no times, or no spend', () => {
    assert.equal(chartOf(figures(untimed(1)), 'finest', 'key'), undefined);
    assert.equal(
      chartOf(figures(key('Mine', { total: { used: 0 }, byDay: [] })), 'finest', 'key'),
      undefined,
    );
    assert.deepEqual([isUntimed(sectionOf(untimed(1))), isUntimed(sectionOf(key('Mine')))], [true, false]);
    assert.equal(isUntimed(sectionOf(days('Mine', 1), untimed(1))), false);
  });

  it('has hours only where every source with times has them, and days where they are asked for', () => {
    const cells = [{ at: '2026-06-02T09:00', used: 1 }];
    const hours = key('Mine', { total: { used: 1 }, timeline: { step: 'hour', cells } });
    const label = (step: 'finest' | 'day', ...reports: readonly UsageReport[]) =>
      chartOf(figures(...reports), step, 'key')?.label;
    assert.equal(label('finest', hours, untimed(1)), 'Spend by hour; arrow keys move');
    assert.equal(label('day', hours), 'Spend by day; arrow keys move');
    assert.equal(label('finest', hours, days('Other', 1)), 'Spend by day; arrow keys move');
  });

  it('is stacked by model where a source knows models, else by key', () => {
    const names = (...reports: readonly UsageReport[]) =>
      chartOf(figures(...reports), 'finest', 'model')?.stack.series.map(({ name }) => name);
    const cells = [
      { at: '2026-06-02', used: 2, model: 'gpt' },
      { at: '2026-06-02', used: 1 },
    ];
    assert.deepEqual(names(key('Mine', { timeline: { step: 'day', cells } })), ['gpt', '(unknown model)']);
    const byKey = chartOf(figures(key('Mine', { timeline: { step: 'day', cells } })), 'finest', 'key');
    assert.deepEqual(
      byKey?.stack.series.map(({ name }) => name),
      ['Mine'],
    );
    const known = key('Mine', { timeline: { step: 'day', cells: cells.slice(0, 1) } });
    const unknown = key('Mine', { timeline: { step: 'day', cells: cells.slice(1) } });
    assert.deepEqual([names(known), names(unknown)], [['gpt'], ['Mine']]);
    assert.deepEqual(names(days('Mine', 1)), ['Mine']);
    const rows = [{ name: 'gpt', used: 1 }];
    assert.deepEqual(names(days('Mine', 1, { byModel: rows })), ['Mine'], 'no model over time');
  });

  it('has for each key and model the color that it has for good, and else one by size', () => {
    const cells = [
      { at: '2026-06-02', used: 2, model: 'gpt' },
      { at: '2026-06-02', used: 1, model: 'claude' },
    ];
    const mine = figures(key('Mine', { timeline: { step: 'day', cells } }));
    const slots = { key: new Map([['Mine', 5]]), model: new Map([['claude', 9]]) };
    const slotsOf = (by: 'key' | 'model', more: Partial<SectionFigures>) =>
      chartOf({ ...mine, ...more }, 'finest', by)?.stack.series.map(({ id, slot }) => [id, slot]);
    assert.deepEqual(slotsOf('key', { slots }), [['Mine', 5]]);
    assert.deepEqual(slotsOf('model', { slots }), [
      ['gpt', 0],
      ['claude', 9],
    ]);
    assert.deepEqual(slotsOf('key', {}), [['Mine', 0]]);
    const many = Array.from({ length: 9 }, (_, at) => days(`k${at}`, 9 - at));
    const last = chartOf(figures(...many), 'finest', 'key')?.stack.series.at(-1);
    assert.deepEqual([last?.id, last?.slot, last?.members], [undefined, undefined, 2]);
  });

  it('says below it what it lacks, and what its hatches and lines mean', () => {
    const half = { complete: false, from: '2026-06-02T00:00:00.000Z', to: report().to } as const;
    assert.equal(captionOf(figures(days('Mine', 1))), '');
    assert.equal(
      captionOf(figures(days('Mine', 1, { coverage: half }))),
      'Hatched: not covered, or only in part.',
    );
    assert.equal(
      captionOf(figures(days('Mine', 1), untimed(2))),
      'Spend at unknown times is not in the chart.',
    );
    assert.equal(captionOf(figures(days('Mine', 1), untimed(0))), '');
    const section = sectionOf(days('Mine', 1));
    const compared = {
      ...figures(days('Mine', 1, { coverage: half })),
      previous: { section, flaw: undefined },
    };
    assert.equal(
      captionOf(compared),
      'Hatched: not covered, or only in part. Dashed line: the period before.',
    );
    const without = { ...figures(days('Mine', 1)), previous: { section: undefined, flaw: undefined } };
    assert.equal(captionOf(without), '');
  });

  it('tells one time by its sum and its biggest parts, and where there is no figure', () => {
    const shown = chartOf(figures(...[0.5, 3, 2, 1].map(used => days(`k${used}`, used))), 'finest', 'key');
    assert.equal(shown?.pointText(1), 'Jun 2, 2026: $6.50, k3 $3.00, k2 $2.00, k1 $1.00');
    assert.equal(shown?.pointText(0), 'Jun 1, 2026: no figure');
    const other = key('Other', { byDay: [{ name: '2026-06-01', used: 7 }] });
    const two = chartOf(figures(days('Mine', 1), other), 'finest', 'key');
    assert.equal(two?.pointText(1), 'Jun 2, 2026: $1.00, Mine $1.00', 'keys that spent nothing then');
  });

  it('has the sums of the period before at the places of this one', () => {
    const earlier = days('Mine', 4, { from: '2026-05-29T00:00:00.000Z', to: '2026-05-31T23:59:59.999Z' });
    const section = sectionOf({ ...earlier, byDay: [{ name: '2026-05-29', used: 4 }] });
    const shown = { ...figures(days('Mine', 1)), previous: { section, flaw: undefined } };
    assert.deepEqual(chartOf(shown, 'finest', 'key')?.previous, [4, undefined, undefined]);
    assert.equal(chartOf(figures(days('Mine', 1)), 'finest', 'key')?.previous, undefined);
  });
});
