import * as v from 'valibot';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import { round6 } from '../../core/quota/unit.ts';
import { DAY_MS, isoTime, WEEK_MS } from '../../core/time.ts';
import { lenient, NO_LIMIT_FROM, wireNumber, wireSpent, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';
import { dayInZone } from './zoneDay.ts';

const time = v.optional(v.unknown());

const rateSchema = v.object({
  window: v.pipe(
    v.string(),
    v.transform(name => sanitizeText(name, 20)),
    v.nonEmpty(),
  ),
  limit: wireSpent,
  used: lenient(wireUsed),
  remaining: lenient(wireNumber),
  reset_at: time,
});

/** The gateway itself enforces only limits above 0. */
function isNone(limit: number): boolean {
  return limit === 0 || limit >= NO_LIMIT_FROM;
}

/** The key's own limits by time: of 5 hours from its first use, of a day and of 7 from a midnight of the server's. */
export function rateWindows(wire: unknown): QuotaWindow[] {
  const rows = Array.isArray(wire) ? wire : [];
  return rows.flatMap(row => {
    const parsed = v.safeParse(rateSchema, row);
    if (!parsed.success) return [];
    if (isNone(parsed.output.limit)) return [];
    const { window: name, limit, used, remaining: told, reset_at: resetAt } = parsed.output;
    const rest = used === undefined ? undefined : round6(limit - used);
    // More than all of it cannot be left, and less than nothing is never told.
    const remaining = told !== undefined && told >= 0 && told <= limit ? told : rest;
    const resetsAt = normalizeTime(resetAt) ?? undefined;
    return [{ name, used, limit, remaining, unit: 'money' as const, resetsAt, every: name }];
  });
}

/** Whether there are limits by time, of which one cannot be read. */
export function hasUnreadableRate(wire: unknown): boolean {
  if (!Array.isArray(wire)) return Object.keys(Object(wire)).length > 0;
  return !wire.every(row => v.is(rateSchema, row));
}

/** null: none; undefined: not told in a form that can be read. */
const limit = lenient(
  v.nullable(
    v.pipe(
      wireSpent,
      v.transform(most => (isNone(most) ? null : most)),
    ),
  ),
);
const used = lenient(wireUsed);

const subscriptionSchema = v.object({
  daily_limit_usd: limit,
  daily_usage_usd: used,
  weekly_limit_usd: limit,
  weekly_usage_usd: used,
  monthly_limit_usd: limit,
  monthly_usage_usd: used,
  weekly_window_start: time,
  expires_at: time,
});

export type Subscription = v.InferOutput<typeof subscriptionSchema>;

export function parseSubscription(wire: unknown): Subscription | undefined {
  const parsed = v.safeParse(subscriptionSchema, wire);
  return parsed.success ? parsed.output : undefined;
}

/** The limits of a subscription's periods. */
export function limitsOf({ daily_limit_usd, weekly_limit_usd, monthly_limit_usd }: Subscription) {
  return [daily_limit_usd, weekly_limit_usd, monthly_limit_usd];
}

/**
 * The limits of a subscription, which all keys of its group share. The gateway resets a day's use only with the next
 * request: a figure that has not changed since before midnight says nothing about the new day.
 */
export function subscriptionWindows(
  subscription: Subscription,
  name: string | undefined,
  context: GatewayContext,
): QuotaWindow[] {
  const now = context.now();
  const { timeZone } = context.site ?? {};
  const day = timeZone === undefined ? undefined : dayInZone(now, timeZone);
  const since = sinceWhen(context, subscription.daily_usage_usd);
  const isOfYesterday = since < (day?.from ?? now - DAY_MS);
  const start = normalizeTime(subscription.weekly_window_start);
  const weekEnd = typeof start === 'string' ? Date.parse(start) + WEEK_MS : undefined;
  const window = (
    period: 'day' | 'week' | 'month',
    most: number | null | undefined,
    spent: number | undefined,
    end?: number,
  ): QuotaWindow[] =>
    typeof most !== 'number'
      ? []
      : [
          {
            name: period,
            scope: 'subscription',
            scopeName: name,
            used: spent,
            limit: most,
            remaining: spent === undefined ? undefined : round6(most - spent),
            unit: 'money',
            resetsAt: end === undefined ? undefined : isoTime(end),
          },
        ];
  const ofDay =
    isOfYesterday && subscription.daily_usage_usd !== 0 ? undefined : subscription.daily_usage_usd;
  const isWeekOver = weekEnd !== undefined && weekEnd <= now;
  return [
    ...window('day', subscription.daily_limit_usd, ofDay, day?.to),
    ...window(
      'week',
      subscription.weekly_limit_usd,
      isWeekOver ? undefined : subscription.weekly_usage_usd,
      // The next one begins with the next request.
      isWeekOver ? undefined : weekEnd,
    ),
    ...window('month', subscription.monthly_limit_usd, subscription.monthly_usage_usd),
  ];
}

/** Since when the same has been told as used of a day. */
function sinceWhen({ memory, remember, now }: GatewayContext, told: number | undefined): number {
  if (told === undefined) return now();
  const { usedOfDay, usedOfDaySince = now() } = memory?.() ?? {};
  // A time in the future was saved before the clock was put back.
  const since = usedOfDay === told ? Math.min(now(), usedOfDaySince) : now();
  remember?.({ usedOfDay: told, usedOfDaySince: since });
  return since;
}
