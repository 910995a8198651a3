import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import { round6, type Scale } from '../../core/quota/unit.ts';
import { DAY_MS } from '../../core/time.ts';
import { type Coverage, completeCoverage, withUnreadableRows } from '../../core/usage/coverage.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import { type DayOfKey, dayRecords } from '../dayRecords.ts';
import { lenient, wireCount, wireSpent, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isDay } from '../isDay.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Json } from '../wireJson.ts';
import { unitOf } from './key.ts';
import { requestUsage } from './request.ts';

/** More days are refused. */
const MAX_DAYS = 90;

const figures = {
  actual_cost: wireUsed,
  requests: lenient(wireCount),
  total_tokens: lenient(wireCount),
};
const modelSchema = v.object({ model: v.string(), ...figures });
const daySchema = v.object({ date: v.pipe(v.string(), v.check(isDay)), ...figures });
const todaySchema = v.object({ usage: v.object({ today: v.object({ actual_cost: wireSpent }) }) });

/**
 * What the key spent in a range: by model, as charged, and by day for the last ninety days. Days are the server's, whose
 * zone it tells elsewhere, and stand for ours of the same name.
 * @throws GatewayError `range-not-told` for versions that tell neither.
 */
export async function readUsage(context: GatewayContext, range: Range): Promise<Usage> {
  const now = context.now();
  const [from, to] = [localDay(range.from), localDay(range.to)];
  // The server's day may be the next one already.
  const days = Math.min(MAX_DAYS, Math.max(1, Math.ceil((now - range.from) / DAY_MS) + 2));
  const json = await requestUsage(context, { start_date: from, end_date: to, days });
  const { daily_usage: daily, model_stats: stats, mode, unit: told } = json;
  const scale: Scale = { unit: unitOf(typeof told === 'string' ? told : undefined), perUnit: 1 };
  if (typeof mode !== 'string' || (!Array.isArray(daily) && !Array.isArray(stats)))
    throw failed('not-supported', 'range-not-told');
  const models = rowsOf(stats, row => modelOf(row));
  const byDate = rowsOf(daily, row => dayOf(row, from, to));
  const unreadable = models.unreadable + byDate.unreadable;
  const total = sumOf(models.rows);
  // Some servers send an empty list of days, whatever was spent.
  const hasDays = byDate.rows.length > 0 && now - range.from < (MAX_DAYS - 1) * DAY_MS;
  const dates = sumOf(byDate.rows);
  // Only sums of rows that can all be read can contradict each other.
  const agrees = !hasDays || unreadable > 0 || round6(dates.total(1).used - total.total(1).used) === 0;
  const isNothing = models.rows.length === 0 && models.unreadable === 0;
  const isContradicted = !agrees || (isNothing && spendsToday(json, range, now));
  const isWhole = !isContradicted && (hasDays || isNothing);
  if (isWhole && Array.isArray(daily))
    context.recordSpend?.(dayRecords(byDate.rows, range, scale, unreadable, now));
  const coverage: Coverage = {
    ...completeCoverage(range, now),
    complete: !isContradicted,
    reason: isContradicted ? 'contradicted' : 'gateway-days',
  };
  // Days that can all be read make up for models that cannot.
  const isByDays = models.unreadable > 0 && hasDays && byDate.unreadable === 0;
  return {
    unit: scale.unit,
    ...(!(isNothing && isContradicted) && { total: (isByDays ? dates : total).total(1) }),
    byModel: total.rows('model', 1),
    ...(hasDays && agrees && { byDay: dates.rows('day', 1), timeline: dates.timeline(1) }),
    coverage: withUnreadableRows(coverage, unreadable),
    source: 'gateway',
  };
}

/** Whether the range has today in it, of which another part of the answer says that something was spent. */
function spendsToday(json: Json, range: Range, now: number): boolean {
  const parsed = v.safeParse(todaySchema, json);
  return parsed.success && range.to >= now && parsed.output.usage.today.actual_cost > 0;
}

interface Rows {
  readonly rows: readonly DayOfKey[];
  readonly unreadable: number;
}

function rowsOf(wire: unknown, rowOf: (row: unknown) => DayOfKey[] | undefined): Rows {
  const read = (Array.isArray(wire) ? wire : []).map(rowOf);
  return { rows: read.flatMap(row => row ?? []), unreadable: read.filter(row => row === undefined).length };
}

function modelOf(wire: unknown): DayOfKey[] | undefined {
  const parsed = v.safeParse(modelSchema, wire);
  if (!parsed.success) return undefined;
  const { model, actual_cost: raw, requests, total_tokens: tokens } = parsed.output;
  return [{ day: '', key: '', model: sanitizeText(model, 100), raw, requests, tokens }];
}

/** Empty for a day outside of the range: the gateway tells more days than were asked for. */
function dayOf(wire: unknown, from: string, to: string): DayOfKey[] | undefined {
  const parsed = v.safeParse(daySchema, wire);
  if (!parsed.success) return undefined;
  const { date: day, actual_cost: raw, requests, total_tokens: tokens } = parsed.output;
  return day < from || day > to ? [] : [{ day, key: '', raw, requests, tokens }];
}

function sumOf(rows: readonly DayOfKey[]): UsageSum {
  const sum = new UsageSum();
  for (const { model = '', tokens, ...row } of rows) sum.add({ ...row, model, tokens });
  return sum;
}
