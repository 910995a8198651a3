import type { SpendSpan } from '../forecast/spendSpan.ts';
import { MINUTE_MS } from '../time.ts';
import { median } from './median.ts';
import { localDay } from './range.ts';
import type { UsageReport } from './usageReport.ts';

/** Spend that is not like the key's own baseline. Amounts in the report's unit. */
export type Anomaly =
  /** A day far above the key's usual day. */
  | { readonly kind: 'high-day'; readonly at: string; readonly used: number; readonly usual: number }
  /** Requests at an hour of the day the key never had before. */
  | {
      readonly kind: 'strange-hour';
      readonly at: string;
      readonly used: number;
      readonly hours: readonly number[];
    }
  /** Spend on a key that should be idle. */
  | { readonly kind: 'not-idle'; readonly at: string; readonly used: number };

export interface AnomalyOptions {
  /** Keys of which no spend at all is expected, by name. */
  readonly idleKeys?: readonly string[];
  /** The key's recorded spend, oldest first, from long before the range on. */
  readonly spans?: readonly SpendSpan[];
}

/** Fewer days tell no baseline. */
const MIN_DAYS = 5;
/** Far above: this many times the median, and outside the scatter of the other days. */
const OUTLIER_FACTOR = 3;
const MIN_DEVIATIONS = 6;
/** With fewer hours seen, any hour is new. */
const MIN_HOUR_SAMPLES = 40;
const MIN_DAYS_BEFORE = 7;
/** Spend noticed after a longer gap may have been at any hour in it. */
const MAX_GAP_MS = 90 * MINUTE_MS;

/** Of which habits there was enough to judge by. */
export interface AnomalyChecks {
  readonly days: boolean;
  readonly hours: boolean;
}

/** What `anomaliesOf` could look for at all: where it is silent about the rest, that says nothing. */
export function anomalyChecksOf(
  { byDay = [], to }: UsageReport,
  { spans = [] }: AnomalyOptions = {},
): AnomalyChecks {
  const baseline = new HourBaseline();
  for (const span of spans) baseline.addSpan(span);
  return { days: byDay.length >= MIN_DAYS, hours: baseline.isReliableOn(localDay(Date.parse(to))) };
}

/** What in a report a person should look at, most recent last. Medians, so that one wild day hides no other. */
export function findAnomalies(
  report: UsageReport,
  { idleKeys = [], spans = [] }: AnomalyOptions = {},
): readonly Anomaly[] {
  const days = report.byDay ?? [];
  const anomalies: Anomaly[] = [...findHighDays(days.map(({ name, used }) => ({ at: name, used })))];
  anomalies.push(...findUnusualHours(spans, Date.parse(report.from)));
  for (const row of report.byKey ?? []) {
    if (idleKeys.includes(row.name) && row.used > 0)
      anomalies.push({ kind: 'not-idle', at: row.name, used: row.used });
  }
  const scope = report.scope.key;
  if (scope !== undefined && idleKeys.includes(scope) && (report.total?.used ?? 0) > 0) {
    anomalies.push({ kind: 'not-idle', at: scope, used: report.total?.used ?? 0 });
  }
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
 * Hours are judged against all days before their own, once there is a habit to speak of. Spend stands for the
 * hours between the look at which it was noticed and the one before.
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

/** At which hours of the day a key is used. */
class HourBaseline {
  readonly #hours = new Set<number>();
  readonly #days = new Set<string>();
  #sampleCount = 0;

  /** In order. */
  get hours(): number[] {
    return [...this.#hours].sort((a, b) => a - b);
  }

  /** Whether enough was seen before a day to speak of a habit on it. */
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
