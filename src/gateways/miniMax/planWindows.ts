import * as v from 'valibot';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import { round6 } from '../../core/quota/unit.ts';
import { HOUR_MS } from '../../core/time.ts';
import { lenient, wireCount, wireNumber } from '../fields.ts';
import { percentOf, wirePercent } from '../percentWindow.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';

const time = v.optional(v.unknown());
const rowSchema = v.object({
  model_name: v.string(),
  start_time: time,
  end_time: time,
  remains_time: lenient(wireCount),
  current_interval_total_count: lenient(wireNumber),
  current_interval_usage_count: lenient(wireNumber),
  current_interval_status: lenient(wireNumber),
  current_interval_remaining_percent: lenient(wirePercent),
  weekly_end_time: time,
  weekly_remains_time: lenient(wireCount),
  current_weekly_total_count: lenient(wireNumber),
  current_weekly_usage_count: lenient(wireNumber),
  current_weekly_status: lenient(wireNumber),
  current_weekly_remaining_percent: lenient(wirePercent),
});

/** A limit of one model that is part of the plan; null where it is not. */
interface Part {
  readonly name: string;
  readonly total: number | undefined;
  readonly count: number | undefined;
  readonly percentLeft: number | undefined;
  readonly ends: unknown;
}

/** A limit of this status is not part of the plan. */
const NOT_IN_PLAN = 3;

type Counts = 'used' | 'remaining' | undefined;

/**
 * The windows of a plan, and how many of them cannot be read. Models for code are what the plan is for: of each period
 * the one that has least left is the plan's. Others, as for videos, have windows of their own.
 */
export function planWindows(
  rows: readonly unknown[],
  counts: Counts,
  now: number,
): { readonly windows: readonly QuotaWindow[]; readonly unreadable: number } {
  const found = rows.flatMap(row => windowsOf(row, counts, now));
  const windows = found.filter(window => window !== undefined);
  const forCode = windows.filter(({ scope }) => scope === undefined);
  const tightest = [...Map.groupBy(forCode, ({ name }) => name).values()].flatMap(same =>
    same.toSorted((a, b) => (b.used ?? 0) - (a.used ?? 0)).slice(0, 1),
  );
  return {
    windows: [...tightest, ...windows.filter(({ scope }) => scope !== undefined)],
    unreadable: found.length - windows.length,
  };
}

/** The windows of one model; undefined for each that cannot be read. */
function windowsOf(wire: unknown, counts: Counts, now: number): (QuotaWindow | undefined)[] {
  const parsed = v.safeParse(rowSchema, wire);
  if (!parsed.success) return [undefined];
  const row = parsed.output;
  const interval: Part = {
    name: intervalName(row.start_time, row.end_time),
    total: row.current_interval_total_count,
    count: row.current_interval_usage_count,
    percentLeft: row.current_interval_remaining_percent,
    ends: row.end_time ?? endIn(row.remains_time, now),
  };
  const week: Part = {
    name: 'week',
    total: row.current_weekly_total_count,
    count: row.current_weekly_usage_count,
    percentLeft: row.current_weekly_remaining_percent,
    ends: row.weekly_end_time ?? endIn(row.weekly_remains_time, now),
  };
  const parts = [
    ...(row.current_interval_status === NOT_IN_PLAN ? [] : [interval]),
    ...(row.current_weekly_status === NOT_IN_PLAN ? [] : [week]),
  ];
  return parts.map(part => windowOf(part, row.model_name, counts));
}

function windowOf(
  { name, total, count, percentLeft, ends }: Part,
  model: string,
  counts: Counts,
): QuotaWindow | undefined {
  const used =
    percentLeft === undefined ? usedOf(total, count, counts) : round6(Math.max(0, 100 - percentLeft));
  if (used === undefined) return undefined;
  const own = isForCode(model) ? {} : { scope: 'model' as const, scopeName: sanitizeText(model, 60) };
  return { name, ...own, used, unit: 'percent', resetsAt: normalizeTime(ends) ?? undefined };
}

function usedOf(total: number | undefined, count: number | undefined, counts: Counts): number | undefined {
  if (total === undefined || count === undefined || counts === undefined) return undefined;
  return percentOf(counts === 'used' ? count : total - count, total);
}

function isForCode(model: string): boolean {
  return model === 'general' || /^MiniMax-M/i.test(model);
}

function endIn(ms: number | undefined, now: number): number | undefined {
  return ms === undefined ? undefined : now + ms;
}

/** `5h`, from when it began and ends. */
function intervalName(start: unknown, end: unknown): string {
  const [from, to] = [normalizeTime(start), normalizeTime(end)];
  if (typeof from !== 'string' || typeof to !== 'string') return 'interval';
  const hours = (Date.parse(to) - Date.parse(from)) / HOUR_MS;
  return Number.isInteger(hours) && hours > 0 ? `${hours}h` : 'interval';
}
