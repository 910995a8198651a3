import * as v from 'valibot';
import { budgetOfWindows } from '../core/quota/budgetOfWindows.ts';
import { failed } from '../core/quota/failure.ts';
import type { Reading } from '../core/quota/reading.ts';
import { round6 } from '../core/quota/unit.ts';
import { DAY_MS, HOUR_MS } from '../core/time.ts';
import { type Coverage, withUnreadableRows } from '../core/usage/coverage.ts';
import { localDay, localDays, type Range, startOfLocalDay } from '../core/usage/range.ts';
import type { Usage } from '../core/usage/usage.ts';
import { UsageSum } from '../core/usage/usageSum.ts';
import { missingFiguresError } from './envelope.ts';
import { lenient, wireFlag } from './fields.ts';
import type { GatewayContext } from './gatewayContext.ts';
import type { Json } from './wireJson.ts';

/** What one thing cost on one day, in dollars. */
interface CostRow {
  /** A day in UTC: `2026-06-01`. */
  readonly day: string;
  /** What it was for, as the vendor words it. */
  readonly item: string;
  readonly used: number;
}

/** A part of a report of costs. */
export interface CostPage {
  readonly rows: readonly CostRow[];
  /** How many days it includes, whether or not they cost anything. */
  readonly days: number;
  readonly unreadable: number;
  /** What the next part is asked by; null after the last one, undefined where there is more and nobody knows how. */
  readonly next: string | null | undefined;
}

/** Days in UTC, in epoch milliseconds; the end is not in it. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

export type ReadPage = (days: Days, page: string | undefined) => Promise<CostPage>;

const pageSchema = v.object({
  data: v.array(v.unknown()),
  has_more: wireFlag,
  next_page: lenient(v.string()),
});

/**
 * Reads a page of days: `{ data, has_more, next_page }`. `dayOf` reads one of `data`, which is a day or unreadable.
 * @throws GatewayError for an answer of another form
 */
export function costPageOf(json: Json, dayOf: (wire: unknown) => Omit<CostPage, 'next'>): CostPage {
  const parsed = v.safeParse(pageSchema, json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const { data, has_more: hasMore, next_page: next } = parsed.output;
  const days = new Set<string>();
  const told = data.map(wire => {
    const read = dayOf(wire);
    const [day] = read.rows.map(row => row.day);
    // Nobody knows which of two figures for a day is right.
    if (day !== undefined && days.has(day)) return { rows: [], days: 0, unreadable: 1 };
    if (day !== undefined) days.add(day);
    return read;
  });
  return {
    rows: told.flatMap(({ rows }) => rows),
    days: told.reduce((sum, { days }) => sum + days, 0),
    unreadable: told.reduce((sum, { unreadable }) => sum + unreadable, 0),
    next: hasMore ? next : null,
  };
}

/** A year has thirteen pages of a month. */
const MAX_PAGES = 14;

interface Costs {
  readonly rows: readonly CostRow[];
  readonly unreadable: number;
  readonly isWhole: boolean;
}

async function readCosts(days: Days, readPage: ReadPage): Promise<Costs> {
  const rows: CostRow[] = [];
  const asked = new Set<string>();
  const told = new Set<string>();
  let [unreadable, dayCount] = [0, 0];
  let next: string | null | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const part = await readPage(days, next ?? undefined);
    // What comes again, from a gateway that ignores which page was asked for, would count twice.
    const names = part.rows.map(({ day, item }) => `${day} ${item}`);
    if (names.some(name => told.has(name))) return { rows, unreadable, isWhole: false };
    for (const name of names) told.add(name);
    rows.push(...part.rows);
    unreadable += part.unreadable;
    dayCount += part.days;
    next = part.next;
    if (typeof next !== 'string' || asked.has(next)) break;
    asked.add(next);
  }
  // No day at all was told, which does not mean that nothing was spent.
  if (dayCount === 0) throw failed('unexpected', 'missing-figures', { status: 200 });
  return { rows, unreadable, isWhole: next === null };
}

/** What an organization spent in a range, by day and by what it was for. Days are UTC's, and today's goes on. */
export async function readCostUsage(
  context: GatewayContext,
  range: Range,
  readPage: ReadPage,
): Promise<Usage> {
  const { days, isWhole: hasAllDays } = daysOf(range, context.now());
  const { rows, unreadable, isWhole } = await readCosts(days, readPage);
  const sum = new UsageSum();
  const of = { key: '', requests: undefined, tokens: undefined };
  for (const { day, item, used } of rows) sum.add({ ...of, day, model: item, raw: used });
  return {
    unit: { code: 'USD', source: 'gateway' },
    total: sum.total(1),
    byDay: sum.rows('day', 1),
    byModel: sum.rows('model', 1),
    timeline: sum.timeline(1),
    coverage: withUnreadableRows(coverageOf(days, context.now(), hasAllDays, isWhole), unreadable),
    source: 'gateway',
  };
}

function coverageOf(days: Days, now: number, hasAllDays: boolean, isWhole: boolean): Coverage {
  const over = Math.max(days.from, Math.min(days.to, startOfDay(now)));
  const span = { from: new Date(days.from).toISOString(), to: new Date(over).toISOString() };
  if (!isWhole) return { complete: false, ...span, reason: 'endless' };
  const isOver = days.to <= startOfDay(now);
  return { complete: hasAllDays && isOver, ...span, reason: isOver ? 'utc-days' : 'not-yet-summed' };
}

/** The UTC days with the same dates as the days of a range, without those that are only partly in it. */
function daysOf(range: Range, now: number): { readonly days: Days; readonly isWhole: boolean } {
  const names = localDays(range);
  const whole = names.filter(name => {
    const start = startOfLocalDay(name) ?? 0;
    const end = startOfLocalDay(localDay(start + 36 * HOUR_MS)) ?? 0;
    return start >= range.from && (end <= range.to + 1 || range.to >= now);
  });
  const [first, last] = [whole[0], whole.at(-1)];
  const from = Date.parse(first ?? '');
  const to = Math.min(Date.parse(last ?? '') + DAY_MS, startOfDay(now) + DAY_MS);
  if (!(from < to)) throw failed('not-supported', 'range-not-told');
  return { days: { from, to }, isWhole: whole.length === names.length };
}

/**
 * What an organization spent this month, and what is left of its limit: null where it has none or the gateway tells of
 * none, undefined where it could not be read.
 */
export async function readMonth(
  context: GatewayContext,
  readPage: ReadPage,
  limit: number | null | undefined,
): Promise<Reading> {
  const today = new Date(startOfDay(context.now()));
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const days = { from: Date.UTC(year, month, 1), to: today.getTime() + DAY_MS };
  const { rows, unreadable, isWhole } = await readCosts(days, readPage);
  const isKnown = unreadable === 0 && isWhole;
  const used = isKnown ? round6(rows.reduce((sum, row) => sum + row.used, 0)) : undefined;
  const windows = [
    {
      name: 'month',
      scope: 'organization',
      used,
      limit: limit ?? undefined,
      unit: 'money',
      resetsAt: new Date(Date.UTC(year, month + 1, 1)).toISOString(),
    },
  ] as const satisfies Reading['windows'];
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    windows,
    budget: budgetOfWindows(windows),
    ...((!isKnown || limit === undefined) && { unreadable: ['budget'] as const }),
  };
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}
