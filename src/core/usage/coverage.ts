import type { TimeSpan } from '../ports/ledgerTable.ts';
import { isoTime, SECOND_MS } from '../time.ts';
import type { Range } from './range.ts';

/** The part of the range that the figures cover. */
export interface Coverage {
  readonly complete: boolean;
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  /** Why it is not complete, or what to know about its days. */
  readonly reason?: CoverageReason;
  /** Parts in between that are missing, ISO 8601, where the figures are what gateways told so far. */
  readonly gaps?: readonly { readonly from: string; readonly to: string }[];
  /** From when on the figures are from recorded readings, ISO 8601, and how much of the total that is. */
  readonly byReadings?: { readonly from: string; readonly used: number };
  /** Up to when the log that the figures follow from could not be compared with the gateway's counter, ISO 8601. */
  readonly uncheckedBefore?: string;
}

/** Reasons why figures are not complete, or what to know about their days. */
export const COVERAGE_REASONS = [
  /** Only the key's last rows can be read, and they begin after the range does. */
  'last-rows',
  /** Only so many days of the log can be asked for, and they begin after the range does. */
  'log-days',
  /** Days are in the gateway's time zone, which it does not name. */
  'gateway-days',
  /** Sums are of hours, of which one over midnight is of two days: it counts on the day that it begins on. */
  'hours-over-midnight',
  /** Days are UTC's, whatever the zone of the user's. */
  'utc-days',
  /** Only whole days of UTC that are over are told, and of them the last. */
  'whole-days',
  /** The gateway stopped answering half-way. */
  'broke-off',
  /** Pages repeated, or there was no end to them. */
  'endless',
  /** Rows came or went while the log was read, in a way that cannot be resolved. */
  'changed',
  /** The log has no rows at all, as one that is not kept. */
  'empty-log',
  /** Another source contradicts it. */
  'contradicted',
  /** The scale, rate or unit changed within the range; each part is counted as it was then, or missing. */
  'scale-changed',
  /** The gateway did not answer with it. */
  'not-told',
  /** Some rows could not be read, and their spend is missing. */
  'unreadable-rows',
  /** The source counts whole hours, and the range begins or ends within one. */
  'whole-hours',
  /** Hours that the gateway has not summed up yet are missing. */
  'not-yet-summed',
  /** The key had another secret in it, of which the gateway was not asked about a part, or did not tell it. */
  'other-secret',
  /** The key has used more than the rows of its log come to: some were never written, or are deleted. */
  'unlogged',
  /** The gateway was not asked about a part of the range while it could tell, or did not tell it. */
  'ledger-gaps',
  /** Recording began after the range did, or had gaps. */
  'recorded-gaps',
  /** The unit, scale or secret changed, and the spend across the change is not known. */
  'recorded-anew',
  /** Old readings are merged, and the range begins or ends within one. */
  'recorded-merged',
] as const;

/** One of `COVERAGE_REASONS`. */
export type CoverageReason = (typeof COVERAGE_REASONS)[number];

/** A range up to now counts as complete when its figures end at most so long before it does. */
export const COMPLETE_SLACK_MS = 5 * SECOND_MS;

/** The coverage of a range by a source that tells all of it, up to now (epoch milliseconds). */
export function completeCoverage({ from, to }: Range, now: number): Coverage {
  return { complete: true, from: isoTime(from), to: isoTime(Math.min(to, now)) };
}

/** Coverage of readings without spans whose spend is of no known day, or may be of before the range or after it. */
export function withoutSpans(coverage: Coverage, spans: readonly TimeSpan[]): Coverage {
  if (spans.length === 0) return coverage;
  const gaps = spans.map(({ from, to }) => ({ from: isoTime(from), to: isoTime(to) }));
  return {
    ...coverage,
    complete: false,
    reason: coverage.complete || !coverage.reason ? 'recorded-gaps' : coverage.reason,
    gaps: [...(coverage.gaps ?? []), ...gaps],
  };
}

/** Marks coverage as incomplete where `unreadable` rows of its list could not be read. */
export function withUnreadableRows(coverage: Coverage, unreadable: number): Coverage {
  if (unreadable === 0) return coverage;
  const isMinor = coverage.complete || coverage.reason === 'not-yet-summed';
  return { ...coverage, complete: false, reason: isMinor ? 'unreadable-rows' : coverage.reason };
}
