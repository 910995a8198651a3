import type { TimeSpan } from '../ports/ledgerTable.ts';

/** The same time as spans in order that neither touch nor overlap. In whichever unit of time, as in all of this file. */
export function mergeSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of spans.filter(span => span.from < span.to).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** The time that is in `spans` and not in `others`. */
export function subtractSpans(spans: readonly TimeSpan[], others: readonly TimeSpan[]): TimeSpan[] {
  const removed = mergeSpans(others);
  const left: TimeSpan[] = [];
  let next = 0;
  for (const { from, to } of mergeSpans(spans)) {
    while ((removed[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next++;
    let start = from;
    for (let index = next; start < to; index++) {
      const gap = removed[index];
      const end = Math.min(gap?.from ?? to, to);
      if (start < end) left.push({ from: start, to: end });
      start = gap?.to ?? to;
    }
  }
  return left;
}

/** The time that is in both. */
export function intersectSpans(spans: readonly TimeSpan[], others: readonly TimeSpan[]): TimeSpan[] {
  return subtractSpans(spans, subtractSpans(spans, others));
}

/** Whether all of a span is in `merged`: spans in order that neither touch nor overlap. */
export function isWithin(span: TimeSpan, merged: readonly TimeSpan[]): boolean {
  const around = lastBeginningBy(span.from, merged);
  return around !== undefined && span.to <= around.to;
}

/** Whether any of a span is in `merged`: spans in order that neither touch nor overlap. */
export function isTouched(span: TimeSpan, merged: readonly TimeSpan[]): boolean {
  const last = lastBeginningBy(span.to - 1, merged);
  return last !== undefined && last.to > span.from;
}

/** The last span that has begun at a moment. */
function lastBeginningBy(moment: number, merged: readonly TimeSpan[]): TimeSpan | undefined {
  let [low, high] = [0, merged.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((merged[middle]?.from ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return merged[low - 1];
}
