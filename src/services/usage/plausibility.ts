import type { Store } from '../../core/ports/store.ts';
import { FRESH_MS } from '../../core/quota/freshness.ts';
import type { Reading } from '../../core/quota/reading.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';

/**
 * Checks a gateway's answer against recorded readings: a log without rows does not mean 0 where the key's
 * figures show spend (`spent`, in the same unit), and does where the key was never used. `now` is in epoch
 * milliseconds.
 */
export function checkAgainstReading(
  usage: Usage,
  reading: Reading | undefined,
  spent: number,
  range: Range,
  now: number,
): Usage {
  const isEmpty = usage.total ? usage.total.used === 0 && (usage.total.requests ?? 0) === 0 : false;
  if (isEmpty && spent > 0) {
    const { unit, source } = usage;
    return { unit, source, coverage: { complete: false, reason: 'contradicted' } };
  }
  if (usage.coverage.reason === 'empty-log' && isUnused(reading, range)) {
    const { unit, source } = usage;
    const to = Math.min(range.to, Date.parse(reading?.takenAt ?? ''));
    // The reading may be older than the range's end.
    const complete = to >= Math.min(range.to, now - FRESH_MS);
    const coverage = { complete, from: isoTime(range.from), to: isoTime(to) };
    return { unit, source, total: { used: 0 }, coverage };
  }
  return usage;
}

/** Limits a cached answer of time `at` to the part of the range before it. Times are epoch milliseconds. */
export function limitToAnswerTime(usage: Usage, at: number, range: Range, now: number): Usage {
  if (at >= Math.min(range.to, now) - FRESH_MS) return usage;
  const { from, to = isoTime(at), reason } = usage.coverage;
  const end = Math.min(at, Date.parse(to));
  return { ...usage, coverage: { complete: false, from, to: isoTime(end), reason } };
}

/**
 * Drops the figures of usage that was summed by one scale where another scale held in a part of what it covers: they do
 * not tell what was spent then.
 */
export function withoutOtherScales(store: Store, keyId: string, usage: Usage, range: Range): Usage {
  const { unit, source, total, coverage } = usage;
  // 0 is 0 in any scale.
  if (total === undefined || total.used === 0) return usage;
  const from = coverage.from === undefined ? range.from : Math.max(range.from, Date.parse(coverage.from));
  const to = coverage.to === undefined ? range.to : Math.min(range.to, Date.parse(coverage.to));
  if (!store.scales.hasChangedIn(keyId, { from, to })) return usage;
  return { unit, source, coverage: { complete: false, reason: 'scale-changed' } };
}

/** Whether a reading after the range's start says that nothing was ever spent. */
function isUnused(reading: Reading | undefined, { from }: Range): boolean {
  return reading?.quota?.used === 0 && Date.parse(reading.takenAt) > from;
}

/**
 * What recorded readings show for certain to be spent within a range: between two readings in it, in `unit`.
 * The first sample of the range may be of spend before it.
 */
export function certainSpend(store: Store, keyId: string, unit: Unit, range: Range): number {
  const spans = store.history.spendSpans(keyId, unit, range.from, range.to);
  return spans
    .filter(({ since = Number.NEGATIVE_INFINITY }) => since >= range.from)
    .reduce((sum, { spent }) => sum + spent, 0);
}
