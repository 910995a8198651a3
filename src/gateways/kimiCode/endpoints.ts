import * as v from 'valibot';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { SECOND_MS } from '../../core/time.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, wireCount, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { percentOf, planReading, wireDuration } from '../percentWindow.ts';
import { periodName } from '../periodName.ts';
import { requestByKey } from '../requestByKey.ts';
import { isObject, type Json } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';

const detailSchema = v.object({
  limit: wireNumber,
  used: lenient(wireCount),
  remaining: lenient(wireCount),
  resetTime: v.optional(v.unknown()),
  reset_at: v.optional(v.unknown()),
  reset_in: lenient(wireCount),
});

const MINUTES: Readonly<Record<string, number>> = {
  TIME_UNIT_MINUTE: 1,
  TIME_UNIT_HOUR: 60,
  TIME_UNIT_DAY: 1440,
};
const rowSchema = v.object({
  window: v.object({ duration: wireDuration, timeUnit: v.picklist(Object.keys(MINUTES)) }),
  detail: v.unknown(),
});

const mapError = errorMapperFor([
  {
    status: 401,
    forms: ['typed'],
    pattern: /^(?:Invalid Authentication|The API Key appears to be invalid or may have expired\b.*)$/s,
    failure: ['bad-key', 'refused-key'],
  },
]);

/**
 * `GET /coding/v1/usages`: what was used of the week and of shorter times. What it counts is not said and differs by
 * account, so the reading is in per cent.
 */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const json = await requestByKey(context, '/coding/v1/usages', mapError);
  const { usage, limits } = (isObject(json.data) ? json.data : json) as Json;
  // A value that is no list counts as unreadable.
  const rows: readonly unknown[] = Array.isArray(limits) ? limits : limits == null ? [] : [limits];
  const told = [...(usage === undefined || usage === null ? [] : [{ name: 'week', detail: usage }])];
  const windows = [
    ...told.flatMap(({ name, detail }) => windowOf(name, detail, context.now())),
    ...rows.flatMap(row => rowWindow(row, context.now())),
  ];
  const reading = planReading(context, windows, told.length + rows.length - windows.length);
  if (!reading) throw missingFiguresError(json, 200);
  return reading;
}

function rowWindow(wire: unknown, now: number): QuotaWindow[] {
  const parsed = v.safeParse(rowSchema, wire);
  if (!parsed.success) return [];
  const { duration, timeUnit } = parsed.output.window;
  return windowOf(periodName(duration * (MINUTES[timeUnit] ?? 1)), parsed.output.detail, now);
}

function windowOf(name: string, wire: unknown, now: number): QuotaWindow[] {
  const parsed = v.safeParse(detailSchema, wire);
  if (!parsed.success) return [];
  const { limit, remaining, reset_in: resetIn, resetTime, reset_at: resetAt } = parsed.output;
  const spent = parsed.output.used ?? (remaining === undefined ? undefined : limit - remaining);
  const used = spent === undefined ? undefined : percentOf(spent, limit);
  if (used === undefined) return [];
  const after = resetIn === undefined ? undefined : now + resetIn * SECOND_MS;
  return [
    { name, used, unit: 'percent', resetsAt: normalizeTime(resetTime ?? resetAt ?? after) ?? undefined },
  ];
}
