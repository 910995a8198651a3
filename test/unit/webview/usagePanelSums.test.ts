import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { knownTotal } from '../../../src/core/usage/knownTotal.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { MAX_SERIES, stackOf, uncoveredStretches } from '../../../src/webview/chart/stack.ts';
import type { Part } from '../../../src/webview/usage/entries.ts';
import { detailRows, partRows } from '../../../src/webview/usage/parts.ts';
import { sectionsOf, sectionTotal } from '../../../src/webview/usage/sections.ts';
import { forAll } from '../support/forAll.ts';
import { NOW } from '../support/samples.ts';
import { report, sectionOf, tallied } from './usageReports.ts';

const PARTS: readonly Part[] = ['time', 'key', 'model'];
const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
const sumOf = (rows: readonly { readonly used: number }[]) => rows.reduce((sum, { used }) => sum + used, 0);

describe('the figures of the usage panel', () => {
  const someReports = fc.array(tallied, { minLength: 1, maxLength: 4 });

  for (const part of PARTS) {
    it(`by ${part} they add up to the total`, () => {
      forAll(someReports, reports =>
        sectionsOf(reports).every(section => {
          const total = sectionTotal(section)?.used ?? 0;
          return near(sumOf(partRows(section, part, 'day')), total);
        }),
      );
    });
  }

  it('in every single row they add up to the total', () => {
    forAll(someReports, reports =>
      sectionsOf(reports).every(section =>
        near(sumOf(detailRows(section, 'hour')), sectionTotal(section)?.used ?? 0),
      ),
    );
  });

  it('in the chart they add up to the total, by key and by model', () => {
    forAll(someReports, reports =>
      sectionsOf(reports).every(section =>
        (['key', 'model'] as const).every(by => {
          const stack = stackOf(section, { by, step: 'day', timeZone: 'UTC', now: NOW });
          const inSeries = stack.series.reduce((sum, { total }) => sum + total, 0);
          const inTimes = stack.sums.reduce<number>((sum, value) => sum + (value ?? 0), 0);
          return near(inSeries, inTimes) && near(inTimes, sectionTotal(section)?.used ?? 0);
        }),
      ),
    );
  });

  it('requests and tokens are unknown in a sum if they are unknown in a part', () => {
    const section = sectionOf(
      report({ keyId: 'a', total: { used: 1, requests: 2, tokens: 3 } }),
      report({ keyId: 'b', total: { used: 1, requests: 5 } }),
    );
    assert.deepEqual(sectionTotal(section), { used: 2, requests: 7, tokens: undefined });
  });

  it('0.1 + 0.2 is 0.3', () => {
    const parts = [0.1, 0.2].map((used, index) => report({ keyId: String(index), total: { used } }));
    assert.equal(sectionTotal(sectionOf(...parts))?.used, 0.3);
  });
});

describe('adding reports', () => {
  const titles = (...reports: readonly UsageReport[]) =>
    sectionsOf(reports).map(({ scope, unit, reports: members }) =>
      [scope, unit.symbol ?? unit.code, ...members.map(({ keyId }) => keyId)].join(' '),
    );
  const usd = { code: 'USD', source: 'gateway' } as const;

  it('adds one unit, not several', () => {
    const cny = { code: 'CNY', source: 'gateway' } as const;
    assert.deepEqual(
      titles(report({ keyId: 'a' }), report({ keyId: 'b', unit: cny }), report({ keyId: 'c' })),
      ['account USD a c', 'account CNY b'],
    );
  });

  it('adds keys or accounts, not both', () => {
    assert.deepEqual(titles(report({ keyId: 'a' }), report({ keyId: 'k', scope: { key: 'Mine' } })), [
      'account USD a',
      'key USD k',
    ]);
  });

  it('adds neither raw quota units of different gateways nor currencies with different symbols', () => {
    const units = { code: 'UNITS', source: 'gateway' } as const;
    const custom = (symbol: string) => ({ code: 'CUSTOM', symbol, source: 'gateway' }) as const;
    assert.equal(titles(report({ keyId: 'a', unit: units }), report({ keyId: 'b', unit: units })).length, 2);
    assert.equal(
      titles(report({ keyId: 'a', unit: custom('₿') }), report({ keyId: 'b', unit: custom('pts') })).length,
      2,
    );
  });

  it('adds an assumed unit to the gateway’s own, and marks the sum as assumed', () => {
    const [section] = sectionsOf([
      report({ keyId: 'a', unit: usd }),
      report({ keyId: 'b', unit: { code: 'USD', source: 'default' } }),
    ]);
    assert.equal(section?.unit.source, 'default');
  });

  it('counts zero as a figure only where the source covers the range', () => {
    const zero = { used: 0, requests: 0, tokens: 0 };
    const coverage = { complete: false, reason: 'last-rows' } as const;
    assert.equal(knownTotal(report({ total: zero, coverage })), undefined);
    assert.equal(sectionTotal(sectionOf(report({ total: zero, coverage }))), undefined);
    assert.deepEqual(knownTotal(report({ total: zero })), zero);
    const { from: _from, ...whole } = report().coverage;
    assert.deepEqual(knownTotal(report({ total: zero, coverage: whole })), zero);
    const partly = { ...coverage, from: report().from };
    assert.deepEqual(knownTotal(report({ total: zero, coverage: partly })), zero);
    assert.deepEqual(knownTotal(report({ total: { used: 5 }, coverage })), { used: 5 });
  });
});

describe('the chart of the usage panel', () => {
  const cells = Array.from({ length: 50 }, (_, index) => ({
    at: '2026-06-02',
    key: `key ${index}`,
    used: index + 1,
  }));
  const stack = stackOf(sectionOf(report({ timeline: { step: 'day', cells } })), {
    by: 'key',
    step: 'day',
    timeZone: 'UTC',
    now: NOW,
  });

  it('shows the biggest keys, and all others as one series', () => {
    assert.equal(stack.series.length, MAX_SERIES);
    assert.equal(stack.series[0]?.name, 'key 49');
    assert.deepEqual([stack.series.at(-1)?.name, stack.series.at(-1)?.members], ['43 others', 43]);
  });

  const stackFor = (
    cells: readonly { at: string; used: number; key?: string; model?: string }[],
    more = {},
  ) =>
    stackOf(sectionOf(report({ timeline: { step: 'day', cells }, ...more })), {
      by: 'key',
      step: 'day',
      timeZone: 'UTC',
      now: NOW,
    });

  it('has a color for each of eight keys, and one for the two smallest of nine', () => {
    const names = (count: number) =>
      stackFor(cells.slice(0, count)).series.map(({ name, total }) => [name, total]);
    assert.equal(names(8).length, 8);
    assert.deepEqual(names(8).at(-1), ['key 0', 1]);
    assert.deepEqual([names(9).length, names(9).at(-1)], [8, ['2 others', 3]]);
  });

  it('adds what one key spent at one time, also in the sum of the others', () => {
    const two = (key: string) => [
      { at: '2026-06-01', used: 1, key, model: 'gpt' },
      { at: '2026-06-01', used: 2, key, model: 'claude' },
    ];
    assert.deepEqual(stackFor(two('a')).series[0]?.values, [3, undefined, undefined]);
    const large = Array.from({ length: 7 }, (_, at) => ({ at: '2026-06-03', used: 9, key: `k${at}` }));
    const rest = stackFor([...large, ...two('a'), ...two('b'), { at: '2026-06-02', used: 0.5, key: 'b' }]);
    assert.deepEqual(rest.series.at(-1)?.values, [6, 0.5, undefined]);
  });

  it('orders keys of the same spend by name, and shows one without a name as that', () => {
    const names = stackFor(['b', '', 'a'].map(key => ({ at: '2026-06-01', used: 1, key }))).series;
    assert.deepEqual(
      names.map(({ name }) => name),
      ['(no name)', 'a', 'b'],
    );
  });

  it('calls a model without a name not known, as tables do', () => {
    const nameless = { at: '2026-06-01', used: 1, model: '' };
    const section = sectionOf(report({ timeline: { step: 'day', cells: [nameless] } }));
    const { series } = stackOf(section, { by: 'model', step: 'day', timeZone: 'UTC', now: NOW });
    assert.deepEqual(
      series.map(({ id, name }) => [id, name]),
      [['', '(unknown model)']],
    );
  });

  it('is hatched at times of which a part in between is missing, once for all reports', () => {
    const coverage = (from: string, to: string) => ({
      ...({ complete: false, reason: 'ledger-gaps', gaps: [{ from, to }] } as const),
      ...{ from: '2026-06-01T00:00:00.000Z', to: '2026-06-03T23:59:59.999Z' },
    });
    const timeline = { step: 'hour', cells: [] } as const;
    const stretches = (...gaps: readonly (readonly [from: string, to: string])[]) =>
      uncoveredStretches(
        stackOf(sectionOf(...gaps.map(([from, to]) => report({ timeline, coverage: coverage(from, to) }))), {
          by: 'key',
          step: 'hour',
          timeZone: 'UTC',
          now: Date.parse('2026-06-10T00:00:00.000Z'),
        }),
      );
    // From half past one in the second night to four: the hours 25 to 27 of the range.
    const night = ['2026-06-02T01:30:00.000Z', '2026-06-02T04:00:00.000Z'] as const;
    assert.deepEqual(stretches(night), [[25, 27]]);
    assert.deepEqual(stretches(night, ['2026-06-02T03:00:00.000Z', '2026-06-02T05:00:00.000Z']), [[25, 28]]);
    assert.deepEqual(stretches(night, ['2026-06-03T23:00:00.000Z', '2026-06-03T23:59:59.000Z']), [
      [25, 27],
      [71, 71],
    ]);
  });

  it('is not hatched where a report does not say from when or until when it is', () => {
    const part = { complete: false, reason: 'broke-off' } as const;
    for (const coverage of [
      part,
      { ...part, to: '2026-06-03T23:59:59.999Z' },
      // An answer of before may end earlier than the range begins.
      { ...part, from: '2026-06-01T00:00:00.000Z', to: '2026-05-20T00:00:00.000Z' },
    ]) {
      assert.deepEqual(stackFor(cells, { coverage }).covered, { first: 0, last: 2 });
    }
  });

  it('has every day of the range, and no figure where the source has none', () => {
    assert.deepEqual(stack.times, ['2026-06-01', '2026-06-02', '2026-06-03']);
    assert.deepEqual(stack.sums, [undefined, 1275, undefined]);
  });

  it('knows from which time on it is covered', () => {
    const coverage = { complete: false, from: '2026-06-02T08:00:00.000Z', to: '2026-06-03T23:59:59.999Z' };
    const part = stackOf(sectionOf(report({ coverage, timeline: { step: 'day', cells } })), {
      by: 'key',
      step: 'day',
      timeZone: 'UTC',
      now: NOW,
    });
    assert.deepEqual(part.covered, { first: 1, last: 2 });
    assert.deepEqual(uncoveredStretches(part), [[0, 0]]);
  });

  it('calls no time uncovered that is still to come', () => {
    const coverage = { complete: false, from: '2026-06-01T08:00:00.000Z', to: '2026-06-01T09:00:00.000Z' };
    const uncoveredAt = (now: string) =>
      uncoveredStretches(
        stackOf(sectionOf(report({ coverage, timeline: { step: 'day', cells } })), {
          by: 'key',
          step: 'day',
          timeZone: 'UTC',
          now: Date.parse(now),
        }),
      );
    assert.deepEqual(uncoveredAt('2026-06-01T10:00:00.000Z'), []);
    assert.deepEqual(uncoveredAt('2026-06-02T00:00:00.000Z'), [[1, 1]]);
    assert.deepEqual(uncoveredAt('2026-06-20T00:00:00.000Z'), [[1, 2]]);
  });

  it('separates keys with the same name, and keeps the gateway’s own days', () => {
    const late = [{ at: '2026-06-04', used: 1 }];
    const two = stackOf(
      sectionOf(
        report({ scope: { key: 'Same' }, keyId: 'a', timeline: { step: 'day', cells: late } }),
        report({ scope: { key: 'Same' }, keyId: 'b', timeline: { step: 'day', cells: late } }),
      ),
      { by: 'key', step: 'day', timeZone: 'UTC', now: NOW },
    );
    assert.deepEqual(
      two.series.map(({ name }) => name),
      ['Same', 'Same'],
    );
    assert.equal(two.times.at(-1), '2026-06-04');
  });
});
