import { DAY_MS } from '../time.ts';

/** Local days are counted since 1 January 1970, whatever their length. */
export function dayOf(ms: number): number {
  const at = new Date(ms);
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY_MS;
}

/** When a local day begins, in epoch milliseconds. */
export function startOfDay(day: number): number {
  const at = new Date(day * DAY_MS);
  return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()).getTime();
}

/** As many as fit into ten years: reports are about the same days again and again. */
const MAX_TEXTS = 4000;
const texts = new Map<number, string>();

/** A day as text: `2026-06-01`. */
export function dayText(day: number): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(day, text);
  return text;
}

/** A day from such a text; not a number where it is none. */
export function dayFrom(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY_MS;
}

const FIRST_YEAR = 2020;
const MONTHS = 15 * 12;

const zoneIds = new Map<string, string>();

/** Tells time zones apart, and rules of one zone that have changed: its name, and where its offset changes. */
export function zoneId(): string {
  // To ask for the name takes ten times as long as all the offsets.
  const offsets = offsetChanges();
  const known = zoneIds.get(offsets) ?? `${Intl.DateTimeFormat().resolvedOptions().timeZone} ${offsets}`;
  zoneIds.set(offsets, known);
  return known;
}

/** By month, since the first year. */
function offsetChanges(): string {
  const offsets: string[] = [];
  let last: number | undefined;
  for (let month = 0; month < MONTHS; month++) {
    const offset = new Date(FIRST_YEAR, month).getTimezoneOffset();
    if (offset !== last) offsets.push(`${month}:${offset}`);
    last = offset;
  }
  return offsets.join(' ');
}
