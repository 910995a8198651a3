import type { SpendSpan } from '../forecast/spendSpan.ts';
import { MINUTE_MS } from '../time.ts';
import { isOverScales } from './headline.ts';
import { median } from './median.ts';
import { localDay } from './range.ts';
import type { UsageReport } from './usageReport.ts';

/**
 * Spend that differs from the key's own baseline. `at` is a local day, an hour of it (`2026-06-01T14:00`), or
 * for `not-idle` the key's name; amounts are in the report's unit.
 */
export type Anomaly =
  /** A day far above the median of all days, which is `usual`. */
  | { readonly kind: 'high-day'; readonly at: string; readonly used: number; readonly usual: number }
  /** Spend at an hour of the day at which the key was never used before; `hours` are those at which it was. */
  | {
      readonly kind: 'strange-hour';
      readonly at: string;
      readonly used: number;
      readonly hours: readonly number[];
    }
  /** Spend of a key that should have none. */
  | { readonly kind: 'not-idle'; readonly at: string; readonly used: number };

/** What is needed beside the report to look for anomalies. */
export interface AnomalyOptions {
  /** Names or ids of keys and accounts that should have no spend; of an account’s keys the names. */
  readonly idleKeys?: readonly string[];
  /** The key's recorded samples of spend, oldest first, from long before the range. */
  readonly spans?: readonly SpendSpan[];
}

/** With fewer days there is no baseline. */
const MIN_DAYS = 5;
/**
 * An outlier is above this many times the median, and above it by this many times the median absolute
 * deviation.
 */
const OUTLIER_FACTOR = 3;
const MIN_DEVIATIONS = 6;
/** With fewer samples, or fewer days before, there is no baseline of hours. */
const MIN_HOUR_SAMPLES = 40;
const MIN_DAYS_BEFORE = 7;
/** A sample with a longer gap before it may belong to any hour of the gap. */
const MAX_GAP_MS = 90 * MINUTE_MS;

/** Which baselines there were enough data for. */
export interface AnomalyChecks {
  readonly days: boolean;
  readonly hours: boolean;
}

/** What `findAnomalies` can find at all in a report: without a baseline, no anomaly means nothing. */
export function anomalyChecksOf(report: UsageReport, { spans = [] }: AnomalyOptions = {}): AnomalyChecks {
  const baseline = new HourBaseline();
  for (const span of spans) baseline.addSpan(span);
  return {
    days: comparableDays(report).length >= MIN_DAYS,
    hours: baseline.isReliableOn(localDay(Date.parse(report.to))),
  };
}

/** Days before and after a changed scale or unit may differ without more having been spent. */
function comparableDays(report: UsageReport): NonNullable<UsageReport['byDay']> {
  return isOverScales(report) ? [] : (report.byDay ?? []);
}

/**
 * The anomalies of a report: days, then hours, then idle keys. Medians are used, so that one outlier does not
 * hide another.
 */
export function findAnomalies(
  report: UsageReport,
  { idleKeys = [], spans = [] }: AnomalyOptions = {},
): readonly Anomaly[] {
  const days = comparableDays(report);
  const anomalies: Anomaly[] = [...findHighDays(days.map(({ name, used }) => ({ at: name, used })))];
  anomalies.push(...findUnusualHours(spans, Date.parse(report.from)));
  for (const row of report.byKey ?? []) {
    if (idleKeys.includes(row.name) && row.used > 0)
      anomalies.push({ kind: 'not-idle', at: row.name, used: row.used });
  }
  const name = report.scope.key ?? report.scope.account ?? '';
  const used = report.total?.used ?? 0;
  if ([name, report.keyId].some(each => idleKeys.includes(each)) && used > 0)
    anomalies.push({ kind: 'not-idle', at: name, used });
  return anomalies;
}

function findHighDays(days: readonly { readonly at: string; readonly used: number }[]): Anomaly[] {
  if (days.length < MIN_DAYS) return [];
  const usual = median(days.map(({ used }) => used));
  const deviation = median(days.map(({ used }) => Math.abs(used - usual)));
  if (usual <= 0) return [];
  return days
    .filter(({ used }) => used > usual * OUTLIER_FACTOR && used > usual + MIN_DEVIATIONS * deviation)
    .map(({ at, used }) => ({ kind: 'high-day', at, used, usual }));
}

/**
 * Each sample is compared with the hours of all days before its own. It counts for both hours that it and the
 * sample before it fall into.
 */
function findUnusualHours(spans: readonly SpendSpan[], from: number): Anomaly[] {
  const anomalies: Anomaly[] = [];
  const baseline = new HourBaseline();
  for (const span of spans) {
    const { at, spent } = span;
    const day = localDay(at);
    if (at >= from && baseline.isReliableOn(day) && baseline.isUnusual(span)) {
      const name = `${day}T${String(new Date(at).getHours()).padStart(2, '0')}:00`;
      anomalies.push({ kind: 'strange-hour', at: name, used: spent, hours: baseline.hours });
    }
    baseline.addSpan(span);
  }
  return anomalies;
}

/** The hours of the day at which a key is used. */
class HourBaseline {
  readonly #hours = new Set<number>();
  readonly #days = new Set<string>();
  #sampleCount = 0;

  /** In ascending order. */
  get hours(): number[] {
    return [...this.#hours].sort((a, b) => a - b);
  }

  /** Whether there were enough samples on days before this one. */
  isReliableOn(day: string): boolean {
    return (
      this.#sampleCount >= MIN_HOUR_SAMPLES &&
      this.#days.size - (this.#days.has(day) ? 1 : 0) >= MIN_DAYS_BEFORE
    );
  }

  isUnusual(span: SpendSpan): boolean {
    return isHourKnown(span) && !possibleHours(span).some(hour => this.#hours.has(hour));
  }

  addSpan(span: SpendSpan): void {
    if (!isHourKnown(span)) return;
    for (const hour of possibleHours(span)) this.#hours.add(hour);
    this.#days.add(localDay(span.at));
    this.#sampleCount++;
  }
}

function isHourKnown({ at, since = at, spent }: SpendSpan): boolean {
  return spent > 0 && at - since <= MAX_GAP_MS;
}

function possibleHours({ at, since = at }: SpendSpan): number[] {
  return [new Date(since).getHours(), new Date(at).getHours()];
}
