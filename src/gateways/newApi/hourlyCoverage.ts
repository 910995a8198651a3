import { HOUR_MS, isoTime, MINUTE_MS } from '../../core/time.ts';
import { type Coverage, completeCoverage } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';

/**
 * How late sums may be. New API collects them in memory and writes them every 5 minutes by default, and every hour at some
 * sites, which it does not tell.
 */
export const SUMMING_DELAY_MS = 70 * MINUTE_MS;
/** A range that ended no longer ago goes on. */
const GOES_ON_MS = 10 * MINUTE_MS;

/**
 * The coverage of hourly buckets: the hour that the range begins in is missing, the one that it ends in is
 * there as a whole. The last hour and some minutes may not be summed yet. The current hour belongs to a range as a
 * whole only where that goes on: after an earlier end, spend that nobody asked for is summed too.
 */
export function hourlyCoverage(range: Range, now: number): Coverage {
  const from = Math.ceil(range.from / HOUR_MS) * HOUR_MS;
  const to = (Math.floor(range.to / HOUR_MS) + 1) * HOUR_MS - 1;
  const summed = now - SUMMING_DELAY_MS;
  const isSummed = range.to <= summed;
  const isWhole =
    from === range.from && (to - range.to < 1000 || (to >= now && range.to >= now - GOES_ON_MS));
  const covered = isWhole ? range : { from, to };
  if (isWhole && isSummed) return completeCoverage(covered, now);
  const until = Math.min(covered.to, summed);
  const reason = isWhole ? 'not-yet-summed' : 'whole-hours';
  if (until < covered.from) return { complete: false, reason };
  return {
    complete: false,
    from: isoTime(covered.from),
    to: isoTime(until),
    reason,
  };
}
