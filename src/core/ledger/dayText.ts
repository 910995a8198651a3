import { DAY_MS } from '../time.ts';

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
