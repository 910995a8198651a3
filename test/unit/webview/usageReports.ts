import * as fc from 'fast-check';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { UsageSum } from '../../../src/core/usage/usageSum.ts';
import type { Section } from '../../../src/webview/usage/sections.ts';

const FROM = '2026-06-01T00:00:00.000Z';
const TO = '2026-06-03T23:59:59.999Z';

/** A complete report of an account in dollars over three days. */
export function report(more: Partial<UsageReport> = {}): UsageReport {
  return {
    scope: { account: 'Team' },
    keyId: 'team',
    from: FROM,
    to: TO,
    unit: { code: 'USD', source: 'gateway' },
    coverage: { complete: true, from: FROM, to: TO },
    source: 'gateway',
    ...more,
  };
}

/** A section of these reports. */
export function sectionOf(...reports: readonly UsageReport[]): Section {
  return { id: 'section', scope: 'account', unit: { code: 'USD', source: 'gateway' }, reports };
}

const entries = fc.array(
  fc.record({
    day: fc.constantFrom('2026-06-01', '2026-06-02', '2026-06-03'),
    hour: fc.integer({ min: 0, max: 23 }),
    key: fc.constantFrom('', 'cline', 'roo', 'constructor', '<img>'),
    model: fc.constantFrom('', 'gpt-4.1', '__proto__', 'claude'),
    raw: fc.integer({ min: -1_000_000, max: 50_000_000 }),
    requests: fc.integer({ min: 0, max: 50 }),
    tokens: fc.integer({ min: 0, max: 100_000 }),
  }),
  { maxLength: 60 },
);

const UNITS_PER_DOLLAR = 500_000;

/** Reports as gateways with log rows make them: all parts from the same rows. */
export const tallied: fc.Arbitrary<UsageReport> = fc
  .tuple(entries, fc.constantFrom('day' as const, 'hour' as const), fc.boolean(), fc.boolean())
  .map(([rows, step, isKey, hasTimeline]) => {
    const tally = new UsageSum(step);
    for (const row of rows) tally.add(row);
    return report({
      scope: isKey ? { key: 'Mine' } : { account: 'Team' },
      keyId: isKey ? 'mine' : 'team',
      total: tally.total(UNITS_PER_DOLLAR),
      byDay: tally.rows('day', UNITS_PER_DOLLAR),
      byKey: isKey ? undefined : tally.rows('key', UNITS_PER_DOLLAR),
      byModel: tally.rows('model', UNITS_PER_DOLLAR),
      timeline: hasTimeline ? tally.timeline(UNITS_PER_DOLLAR) : undefined,
    });
  });
