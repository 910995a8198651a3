import * as v from 'valibot';
import type { QuotaWindow, WindowScope } from '../../core/quota/quotaWindow.ts';
import { round6 } from '../../core/quota/unit.ts';
import { DAY_MS, WEEK_MS } from '../../core/time.ts';
import { lenient, NO_LIMIT_FROM, wireCount, wireNumber, wireUsed } from '../fields.ts';
import { MAX_WINDOWS } from '../maxWindows.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';

const text = lenient(v.string());

const cap = v.nullable(
  v.pipe(
    wireNumber,
    v.transform(told => (told < 0 || told >= NO_LIMIT_FROM ? null : told)),
  ),
);

/** How a cap is told: null for none, undefined where it cannot be read. */
export const wireCap = lenient(cap);

const PERIODS: ReadonlyMap<string, string> = new Map([
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
]);

/** When a period ends that began before `now`: midnight, Monday, the first, by UTC. Undefined for other periods. */
function periodEnd(reset: string, now: number): string | undefined {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const today = new Date(midnight);
  switch (reset) {
    case 'daily':
      return iso(midnight + DAY_MS);
    case 'weekly':
      // Sunday is 0, and Monday begins a week.
      return iso(midnight - ((today.getUTCDay() + 6) % 7) * DAY_MS + WEEK_MS);
    case 'monthly':
      return iso(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1));
    default:
      return undefined;
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** A cap of the key itself that resets; what was used of it may count more than the key's usage does. */
export function capWindow(
  reset: string,
  limit: number,
  remaining: number | undefined,
  now: number,
): QuotaWindow {
  const every = sanitizeText(reset, 20);
  return {
    name: nameOf(every),
    used: remaining === undefined ? undefined : Math.max(0, round6(limit - remaining)),
    limit,
    remaining,
    unit: 'money',
    resetsAt: periodEnd(reset, now),
    every,
  };
}

function nameOf(reset: string | undefined): string {
  return reset ? (PERIODS.get(reset) ?? reset) : 'total';
}

/** A budget row: its document is not settled, so all but scope and limit may be missing. */
const budgetSchema = v.object({
  scope: v.picklist(['key', 'guardrail', 'workspace']),
  limit_usd: cap,
  remaining_usd: lenient(wireNumber),
  spend_usd: lenient(wireUsed),
  reset_interval: text,
  resets_at: v.optional(v.unknown()),
});

const SCOPES: Readonly<Record<'key' | 'guardrail' | 'workspace', WindowScope | undefined>> = {
  key: undefined,
  guardrail: 'guardrail',
  workspace: 'workspace',
};

function budgetRows(data: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.values(data).flatMap(member => (Array.isArray(member) ? member : []));
}

/** Whether there is a cap or a budget that cannot be read: it may be what binds. */
export function hasUnreadableBudget(data: Readonly<Record<string, unknown>>): boolean {
  if (data.limit !== undefined && !v.is(cap, data.limit)) return true;
  return budgetRows(data).some(row => 'limit_usd' in Object(row) && !v.is(budgetSchema, row));
}

/** What is left of a limit, which cannot be more than all of it. */
export function leftOf(limit: number | null | undefined, left: number | undefined): number | undefined {
  return typeof limit === 'number' && left !== undefined && left > limit ? undefined : left;
}

/** Budgets of the key and of what stands above it, in whichever list of the answer they are. */
export function budgetWindows(data: Readonly<Record<string, unknown>>, now: number): QuotaWindow[] {
  return budgetRows(data).flatMap(row => {
    const parsed = v.safeParse(budgetSchema, row);
    if (!parsed.success || parsed.output.limit_usd === null) return [];
    const { scope, limit_usd: limit, remaining_usd, spend_usd, reset_interval, resets_at } = parsed.output;
    const every = reset_interval === undefined ? undefined : sanitizeText(reset_interval, 20);
    const rest = spend_usd === undefined ? undefined : round6(limit - spend_usd);
    const remaining = leftOf(limit, remaining_usd) ?? rest;
    return [
      {
        name: nameOf(every),
        scope: SCOPES[scope],
        used: remaining === undefined ? undefined : Math.max(0, round6(limit - remaining)),
        limit,
        remaining,
        unit: 'money' as const,
        resetsAt: normalizeTime(resets_at) ?? (every === undefined ? undefined : periodEnd(every, now)),
        every,
      },
    ];
  });
}

const freeSchema = v.object({ used: lenient(wireUsed), limit: cap, remaining: lenient(wireCount) });

/** Requests to free models, whose names end in `:free`: of these alone, so that a key can be used without. */
export function freeModelWindow(wire: unknown): QuotaWindow[] {
  const parsed = v.safeParse(freeSchema, wire);
  if (!parsed.success || parsed.output.limit === null) return [];
  const { used, limit } = parsed.output;
  const remaining = leftOf(limit, parsed.output.remaining);
  if (used === undefined && remaining === undefined) return [];
  return [{ name: 'day', scope: 'model', scopeName: ':free', used, limit, remaining, unit: 'requests' }];
}

/** At most `MAX_WINDOWS` windows, each name once: a budget row replaces the older form of the same cap. */
export function distinctWindows(windows: readonly QuotaWindow[]): readonly QuotaWindow[] {
  const byName = new Map(windows.map(window => [`${window.scope} ${window.name} ${window.limit}`, window]));
  return [...byName.values()].slice(0, MAX_WINDOWS);
}
