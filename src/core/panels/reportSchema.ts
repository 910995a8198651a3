import * as v from 'valibot';
import type { UsageReport } from '../usage/usageReport.ts';

const name = v.pipe(v.string(), v.maxLength(1000));
const time = v.pipe(v.string(), v.isoTimestamp());
const count = v.optional(v.number());
const source = v.picklist(['gateway', 'logs', 'recorded']);
const unit = v.object({
  code: v.picklist(['USD', 'CNY', 'TOKENS', 'UNITS', 'CUSTOM']),
  symbol: v.optional(name),
  source: v.picklist(['gateway', 'default', 'setting']),
});
const sums = { used: v.number(), requests: count, tokens: count };
const total = v.optional(v.object(sums));
const rows = v.optional(v.array(v.object({ name, ...sums })));
const coverage = v.object({
  complete: v.boolean(),
  from: v.optional(time),
  to: v.optional(time),
  reason: v.optional(
    v.picklist([
      'last-rows',
      'gateway-days',
      'broke-off',
      'endless',
      'changed',
      'empty-log',
      'contradicted',
      'scale-changed',
      'not-told',
      'unreadable-rows',
      'whole-hours',
      'not-yet-summed',
      'recorded-gaps',
      'recorded-anew',
      'recorded-merged',
    ]),
  ),
  partial: v.optional(v.literal(true)),
});
const other = v.object({ source, unit, total, coverage, difference: count });

/** A usage report that comes back from outside: from what VS Code kept of a panel over a reload. */
export const reportSchema: v.GenericSchema<unknown, UsageReport> = v.object({
  scope: v.object({ key: v.optional(name), account: v.optional(name) }),
  keyId: name,
  from: time,
  to: time,
  unit,
  total,
  byDay: rows,
  byKey: rows,
  byModel: rows,
  timeline: v.optional(
    v.object({
      step: v.picklist(['day', 'hour']),
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
