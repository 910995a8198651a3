import { DAY_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';

/** The longest span that New API answers: 30 days. */
const MAX_SPAN_MS = 30 * DAY_MS;

/**
 * Splits a range into slices of whole seconds, as the gateway counts: each ends a second before the next
 * begins. A slice that began within a second would lose it, and the hour that begins with it.
 */
export function splitIntoSlices({ from, to }: Range): Range[] {
  const parts: Range[] = [];
  for (let start = Math.ceil(from / 1000) * 1000; start <= to; start += MAX_SPAN_MS) {
    parts.push({ from: start, to: Math.min(to, start + MAX_SPAN_MS - 1000) });
  }
  return parts;
}
