import type { SpendSpan } from './forecast.ts';
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
 * Hours are judged against all days before their own, once there is a habit to speak of. A span of spend
 * stands for the hour it was noticed in.
 */
function strangeHours(spans: readonly SpendSpan[], from: number): Anomaly[] {
  const found: Anomaly[] = [];
  const hours = new Set<number>();
  const days = new Set<string>();
  let seen = 0;
  for (const { at, spent } of spans) {
    if (spent <= 0) continue;
    const hour = new Date(at).getHours();
    const day = localDay(at);
    const isHabit = seen >= MIN_HOURS_SEEN && days.size - (days.has(day) ? 1 : 0) >= MIN_DAYS_BEFORE;
    if (isHabit && at >= from && !hours.has(hour)) {
      const name = `${day}T${String(hour).padStart(2, '0')}:00`;
      found.push({ kind: 'strange-hour', at: name, used: spent, hours: [...hours].sort((a, b) => a - b) });
    }
    hours.add(hour);
    days.add(day);
    seen++;
  }
  return found;
}
