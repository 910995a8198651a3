import * as fc from 'fast-check';
import { FAILURE_CLASSES } from '../../src/core/quota/failure.ts';
import { CREDENTIAL_TYPES } from '../../src/core/quota/key.ts';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { WINDOW_SCOPES, WINDOW_UNITS } from '../../src/core/quota/quotaWindow.ts';
import type { AccountKey, Reading } from '../../src/core/quota/reading.ts';
import { STATUSES } from '../../src/core/quota/statusName.ts';
import { UNIT_CODES, UNIT_SOURCES, type Unit } from '../../src/core/quota/unit.ts';
import { COVERAGE_REASONS } from '../../src/core/usage/coverage.ts';
import { USAGE_SOURCES, type Usage, type UsageRow } from '../../src/core/usage/usage.ts';
import type { UsageReport } from '../../src/core/usage/usageReport.ts';
import { sanitizeSymbol } from '../../src/gateways/site.ts';
import { names } from './texts.ts';

/** The moment at which everything is looked at. */
export const NOW = Date.UTC(2026, 5, 15, 12);

const YEAR_MS = 366 * 86_400_000;

/** Amounts as they come out of a reading: of any size, but finite. */
export const amounts: fc.Arbitrary<number> = fc
  .oneof(
    { weight: 6, arbitrary: fc.double({ min: -100, max: 100_000, noNaN: true }).map(round6) },
    { weight: 3, arbitrary: fc.integer({ min: -1000, max: 2_147_483_647 }) },
    { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(0, 0.000001, 0.004, 0.01, -0.000024, 1e21, 5e-324, 1.7e308, 2 ** 53),
    },
  )
  .map(amount => amount + 0);

function round6(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}

const counts = fc.oneof(fc.nat(1_000_000), fc.maxSafeInteger());
const times: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: -YEAR_MS, max: YEAR_MS }).map(ms => new Date(NOW + ms).toISOString()),
  fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
);

export const units: fc.Arbitrary<Unit> = fc.oneof(
  fc.record({
    code: fc.constantFrom(...UNIT_CODES),
    source: fc.constantFrom(...UNIT_SOURCES),
  }),
  fc.record({
    code: fc.constant('CUSTOM' as const),
    symbol: names.map(name => sanitizeSymbol(name)),
    source: fc.constant('gateway' as const),
  }),
);

const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const expiries = fc.option(times, { nil: null });

const accountKeys: fc.Arbitrary<AccountKey> = fc.record({
  id: some(fc.constantFrom('key_a', 'key_b')),
  name: names,
  enabled: some(fc.boolean()),
  unlimited: some(fc.boolean()),
  used: some(amounts),
  remaining: some(amounts),
  expiresAt: some(expiries),
  models: some(fc.option(fc.array(names, { maxLength: 3 }), { nil: null })),
  periods: some(
    fc.array(
      fc.record({
        period: fc.constantFrom('1h', '24h', '30d'),
        requests: some(counts),
        tokens: some(counts),
      }),
      { maxLength: 3 },
    ),
  ),
});

export const readings: fc.Arbitrary<Reading> = fc.record({
  takenAt: times,
  unit: units,
  gatewayName: some(names),
  name: some(names),
  quota: some(
    fc.record({
      unlimited: fc.boolean(),
      granted: some(amounts),
      used: some(amounts),
      remaining: some(amounts),
    }),
  ),
  account: some(
    fc.record({ balance: some(amounts), used: some(amounts), requests: some(counts), name: some(names) }),
  ),
  accountKeys: some(fc.array(accountKeys, { maxLength: 3 })),
  expiresAt: some(expiries),
  models: some(fc.option(fc.array(names, { maxLength: 4 }), { nil: null })),
  budget: some(
    fc.record({
      spent: amounts,
      limit: fc.option(amounts, { nil: null }),
      resetsAt: some(times),
      every: some(fc.constantFrom('30d', '5h')),
    }),
  ),
  windows: some(
    fc.array(
      fc.record({
        name: fc.oneof(fc.constantFrom('5h', 'day', 'week', 'month', 'total'), names),
        scope: some(fc.constantFrom(...WINDOW_SCOPES)),
        scopeName: some(names),
        unit: fc.constantFrom(...WINDOW_UNITS),
        used: some(amounts),
        limit: some(fc.option(amounts, { nil: null })),
        remaining: some(amounts),
        resetsAt: some(times),
        every: some(fc.constantFrom('30d', '5h')),
      }),
      { maxLength: 3 },
    ),
  ),
  plan: some(fc.record({ name: some(names), status: some(names), expiresAt: some(times) })),
  rateLimits: some(fc.record({ rpm: some(counts), tpm: some(counts) })),
});

/** Keys in every state, with names that try to do harm. */
export const keyStates: fc.Arbitrary<KeyState> = fc.record({
  id: fc.uuid().map(id => id.replace(/\d/g, 'x')),
  label: names,
  kind: fc.constantFrom(
    'newApi',
    'cometApi',
    'aioHub',
    'cheapestInference',
    'openRouter',
    'liteLlm',
    'unknown',
  ),
  origin: fc.constantFrom('https://gw.example', 'https://xn--r-fka.example', 'http://relay.internal'),
  credential: fc.constantFrom(...CREDENTIAL_TYPES),
  pinned: fc.boolean(),
  status: fc.constantFrom(...STATUSES),
  reading: some(readings),
  failure: some(fc.record({ class: fc.constantFrom(...FAILURE_CLASSES), message: names })),
  forecast: some(
    fc.record({
      lastsUntil: some(times),
      perDay: some(amounts.map(Math.abs)),
      confidence: fc.constantFrom<'none' | 'low' | 'fair' | 'good'>('none', 'low', 'fair', 'good'),
    }),
  ),
  checkedAt: some(times),
  nextCheckAt: some(times),
});

const rows: fc.Arbitrary<readonly UsageRow[]> = fc.array(
  fc.record({ name: names, used: amounts, requests: some(counts), tokens: some(counts) }),
  { maxLength: 4 },
);
const sources = fc.constantFrom(...USAGE_SOURCES);
const totals = fc.record({ used: amounts, requests: some(counts), tokens: some(counts) });
const coverages: fc.Arbitrary<Usage['coverage']> = fc.record({
  complete: fc.boolean(),
  from: some(times),
  to: some(times),
  reason: some(fc.constantFrom(...COVERAGE_REASONS)),
});

/** What was spent, as a gateway with odd names tells it. */
export const reports: fc.Arbitrary<UsageReport> = fc.record({
  scope: fc.oneof(fc.record({ key: names }), fc.record({ account: names })),
  keyId: fc.constant('k'),
  from: times,
  to: times,
  unit: units,
  total: some(totals),
  byDay: some(rows),
  byKey: some(rows),
  byModel: some(rows),
  coverage: coverages,
  source: sources,
  others: some(
    fc.array(
      fc.record({
        source: sources,
        unit: units,
        total: some(totals),
        coverage: coverages,
        difference: some(amounts),
      }),
      { maxLength: 2 },
    ),
  ),
  note: some(names),
});
