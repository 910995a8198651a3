import * as v from 'valibot';
import { UNIT_CODES, UNIT_SOURCES } from '../quota/unit.ts';
import { COVERAGE_REASONS } from '../usage/coverage.ts';
import { TIMELINE_STEPS, USAGE_SOURCES } from '../usage/usage.ts';
import type { UsageReport } from '../usage/usageReport.ts';

const name = v.pipe(v.string(), v.maxLength(1000));
const time = v.pipe(v.string(), v.isoTimestamp());
const count = v.optional(v.number());
const source = v.picklist(USAGE_SOURCES);
const unit = v.object({
  code: v.picklist(UNIT_CODES),
  symbol: v.optional(name),
  source: v.picklist(UNIT_SOURCES),
});
const sums = { used: v.number(), requests: count, tokens: count };
const total = v.optional(v.object(sums));
const rows = v.optional(v.array(v.object({ name, ...sums })));
const coverage = v.object({
  complete: v.boolean(),
  from: v.optional(time),
  to: v.optional(time),
  reason: v.optional(v.picklist(COVERAGE_REASONS)),
  gaps: v.optional(v.array(v.object({ from: time, to: time }))),
  byReadings: v.optional(v.object({ from: time, used: v.number() })),
  uncheckedBefore: v.optional(time),
});
const other = v.object({ source, unit, total, coverage, difference: count });

/** Schema of a usage report in the saved state of a panel. */
export const reportSchema: v.GenericSchema<unknown, UsageReport> = v.object({
  scope: v.object({ key: v.optional(name), account: v.optional(name) }),
  keyId: name,
  from: time,
  to: time,
  unit,
  isUnitUnknown: v.optional(v.literal(true)),
  belongsTo: v.optional(v.object({ account: v.optional(name), maybe: v.optional(v.array(name)) })),
  total,
  byDay: rows,
  byKey: rows,
  byModel: rows,
  timeline: v.optional(
    v.object({
      step: v.picklist(TIMELINE_STEPS),
      cells: v.array(v.object({ at: name, key: v.optional(name), model: v.optional(name), ...sums })),
    }),
  ),
  coverage,
  source,
  others: v.optional(v.array(other)),
  answeredAt: v.optional(time),
  retryAt: v.optional(time),
  note: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
});
