import { DAY_MS, SECOND_MS } from '../time.ts';

/** A span of time, both ends included. Epoch milliseconds. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A valid range, or why there is none. */
export type ParsedRange =
  | { readonly range: Range; readonly problem?: never }
  | { readonly range?: never; readonly problem: RangeProblem };

/**
 * Why two values are no range: one is missing, no date, epoch milliseconds, the end before the start, a start
 * in the future, or longer than 367 days.
 */
export type RangeProblem = 'half' | 'not-a-date' | 'milliseconds' | 'reversed' | 'future' | 'too-long';

/** The longest range: a leap year, and a day for the zone. */
const MAX_DAYS = 367;
/** Epoch seconds stay below this until the year 5138; a larger number is milliseconds. */
const MAX_SECONDS = 1e11;

/**
 * Parses a range from two dates (`2026-06-01`, whole local days), two moments (ISO 8601 with a time), or
 * epoch seconds. `now` is in epoch milliseconds.
 */
export function parseRange(from: unknown, to: unknown, now: number): ParsedRange {
  if (isAbsent(from) || isAbsent(to)) return { problem: 'half' };
  if (isMilliseconds(from) || isMilliseconds(to)) return { problem: 'milliseconds' };
  const start = momentOf(from, 'start');
  const end = momentOf(to, 'end');
  if (start === undefined || end === undefined) return { problem: 'not-a-date' };
  if (end < start) return { problem: 'reversed' };
  if (start > now) return { problem: 'future' };
  if (end - start > MAX_DAYS * DAY_MS) return { problem: 'too-long' };
  return { range: { from: start, to: end } };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isMilliseconds(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) >= MAX_SECONDS;
}

function momentOf(value: unknown, edge: 'start' | 'end'): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value * SECOND_MS : undefined;
  if (typeof value !== 'string') return undefined;
  const day = parseDay(value);
  if (day) return edge === 'start' ? startOfDay(day) : endOfDay(day);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return undefined;
  const moment = Date.parse(value);
  return Number.isNaN(moment) || !parseDay(value.slice(0, 10)) ? undefined : moment;
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

/** The first moment of a local day (`2026-06-01`), epoch milliseconds; undefined for no day that exists. */
export function startOfLocalDay(day: string): number | undefined {
  const parsed = parseDay(day);
  return parsed && startOfDay(parsed);
}

/** A day that exists: 29 February of a common year does not. */
function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  const back = new Date(Date.UTC(year, month - 1, date));
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? { year, month, date } : undefined;
}

function startOfDay({ year, month, date }: Day): number {
  return new Date(year, month - 1, date).getTime();
}

/** The last millisecond before the next local midnight, however many hours the day has. */
function endOfDay({ year, month, date }: Day): number {
  return new Date(year, month - 1, date + 1).getTime() - 1;
}

/** The local day (`2026-06-01`) of a moment in epoch milliseconds. */
export function localDay(ms: number): string {
  const at = new Date(ms);
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** Every local day (`2026-06-01`) that a range touches, in order. */
export function localDays({ from, to }: Range): string[] {
  const days: string[] = [];
  const at = new Date(from);
  at.setHours(12, 0, 0, 0);
  for (const last = localDay(to); ; at.setDate(at.getDate() + 1)) {
    const day = localDay(at.getTime());
    if (day > last) return days;
    days.push(day);
  }
}
