import type { SpendSpan } from '../forecast/spendSpan.ts';
import { MINUTE_MS } from '../time.ts';
import { median } from './median.ts';
import { localDay } from './range.ts';
import type { UsageReport } from './usageReport.ts';

/** Spend that is not like the key's own habit. Amounts in the report's unit. */
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

/** Fewer days tell no habit. */
const MIN_DAYS = 5;
/** Far above: this many times the median, and outside the scatter of the other days. */
const TIMES_USUAL = 3;
const SCATTERS = 6;
/** With fewer hours seen, any hour is new. */
const MIN_HOURS_SEEN = 40;
const MIN_DAYS_BEFORE = 7;
/** Spend noticed after a longer gap may have been at any hour in it. */
const MAX_GAP_MS = 90 * MINUTE_MS;

/** Of which habits there was enough to judge by. */
export interface Judged {
  readonly days: boolean;
  readonly hours: boolean;
}

/** What `anomaliesOf` could look for at all: where it is silent about the rest, that says nothing. */
export function judgedOf({ byDay = [], to }: UsageReport, { spans = [] }: AnomalyOptions = {}): Judged {
  const habit = new HourHabit();
  for (const span of spans) habit.take(span);
  return { days: byDay.length >= MIN_DAYS, hours: habit.isOneOn(localDay(Date.parse(to))) };
}

/** What in a report a person should look at, most recent last. Medians, so that one wild day hides no other. */
export function anomaliesOf(
  report: UsageReport,
  { idleKeys = [], spans = [] }: AnomalyOptions = {},
): readonly Anomaly[] {
  const days = report.byDay ?? [];
  const found: Anomaly[] = [...highDays(days.map(({ name, used }) => ({ at: name, used })))];
  found.push(...strangeHours(spans, Date.parse(report.from)));
  for (const row of report.byKey ?? []) {
    if (idleKeys.includes(row.name) && row.used > 0)
      found.push({ kind: 'not-idle', at: row.name, used: row.used });
  }
  const scope = report.scope.key;
  if (scope !== undefined && idleKeys.includes(scope) && (report.total?.used ?? 0) > 0) {
    found.push({ kind: 'not-idle', at: scope, used: report.total?.used ?? 0 });
  }
  return found;
}

function highDays(days: readonly { readonly at: string; readonly used: number }[]): Anomaly[] {
  if (days.length < MIN_DAYS) return [];
  const usual = median(days.map(({ used }) => used));
  const scatter = median(days.map(({ used }) => Math.abs(used - usual)));
  if (usual <= 0) return [];
  return days
    .filter(({ used }) => used > usual * TIMES_USUAL && used > usual + SCATTERS * scatter)
    .map(({ at, used }) => ({ kind: 'high-day', at, used, usual }));
}

/**
 * Hours are judged against all days before their own, once there is a habit to speak of. Spend stands for the
 * hours between the look at which it was noticed and the one before.
 */
function strangeHours(spans: readonly SpendSpan[], from: number): Anomaly[] {
  const found: Anomaly[] = [];
  const habit = new HourHabit();
  for (const span of spans) {
    const { at, spent } = span;
    const day = localDay(at);
    if (at >= from && habit.isOneOn(day) && habit.isStrange(span)) {
      const name = `${day}T${String(new Date(at).getHours()).padStart(2, '0')}:00`;
      found.push({ kind: 'strange-hour', at: name, used: spent, hours: habit.hours });
    }
    habit.take(span);
  }
  return found;
}

/** At which hours of the day a key is used. */
class HourHabit {
  readonly #hours = new Set<number>();
  readonly #days = new Set<string>();
  #seen = 0;

  /** In order. */
  get hours(): number[] {
    return [...this.#hours].sort((a, b) => a - b);
  }

  /** Whether enough was seen before a day to speak of a habit on it. */
  isOneOn(day: string): boolean {
    return this.#seen >= MIN_HOURS_SEEN && this.#days.size - (this.#days.has(day) ? 1 : 0) >= MIN_DAYS_BEFORE;
  }

  isStrange(span: SpendSpan): boolean {
    return tellsHour(span) && !hoursOf(span).some(hour => this.#hours.has(hour));
  }

  take(span: SpendSpan): void {
    if (!tellsHour(span)) return;
    for (const hour of hoursOf(span)) this.#hours.add(hour);
    this.#days.add(localDay(span.at));
    this.#seen++;
  }
}

function tellsHour({ at, since = at, spent }: SpendSpan): boolean {
  return spent > 0 && at - since <= MAX_GAP_MS;
}

function hoursOf({ at, since = at }: SpendSpan): number[] {
  return [new Date(since).getHours(), new Date(at).getHours()];
}
