import { exact } from '../../core/quota/exact.ts';
import { HOUR_MS } from '../../core/time.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { labelMaker } from '../chart/timeLabels.ts';
import { knownTotal } from './sections.ts';

const DAYS = 7;
const HOURS = 24;

/** What was spent by weekday and hour. */
export interface WeekHours {
  /** By weekday, Monday first, and hour; undefined where the range has no such hour that is covered. */
  readonly used: readonly (readonly (number | undefined)[])[];
  readonly most: number;
  /** Spend whose hour is not known. */
  readonly withoutHour: number;
  /** How many of the reports tell no hours. */
  readonly silent: number;
}

/**
 * The spend of reports in one unit by weekday and hour, in the zone in which it was dated. `hourly` are the same reports hour
 * by hour, as far as these are known.
 */
export function weekHours(
  reports: readonly UsageReport[],
  hourly: readonly UsageReport[],
  timeZone: string,
): WeekHours {
  const used = Array.from({ length: DAYS }, () => Array<number | undefined>(HOURS).fill(undefined));
  const add = (at: string, amount: number) => {
    const row = used[weekdayOf(at)];
    const hour = Number(at.slice(11, 13));
    if (row) row[hour] = exact((row[hour] ?? 0) + amount);
  };
  const label = labelMaker('hour', timeZone);
  // Cached, since all reports have the same hours.
  const labels = new Map<number, string>();
  const labelOf = (at: number) => {
    const known = labels.get(at) ?? label(at);
    labels.set(at, known);
    return known;
  };
  let placed = 0;
  let silent = 0;
  for (const report of reports) {
    const source = hasHours(report) ? report : hourly.find(({ keyId }) => keyId === report.keyId);
    if (!source?.timeline || !hasHours(source)) {
      silent += 1;
      continue;
    }
    // Hours without spend are known to be 0 as far as the figures reach.
    for (const at of hoursOf(source)) add(labelOf(at), 0);
    for (const cell of source.timeline.cells) {
      if (cell.at.length <= '2026-06-01'.length) continue;
      add(cell.at, cell.used);
      placed += cell.used;
    }
  }
  const total = reports.reduce((sum, report) => sum + (knownTotal(report)?.used ?? 0), 0);
  return {
    used,
    most: Math.max(0, ...used.flat().map(amount => amount ?? 0)),
    withoutHour: Math.max(0, exact(total - placed)),
    silent,
  };
}

/** The hours that a report covers, epoch milliseconds; not those in which something is missing. */
function hoursOf({ from: begin, to: end, coverage }: UsageReport): readonly number[] {
  const { complete, from, to, gaps = [] } = coverage;
  if (from === undefined || to === undefined) return [];
  const [start, stop] = [Date.parse(from), Date.parse(to)];
  const missing = [
    ...gaps.map(gap => [Date.parse(gap.from), Date.parse(gap.to)] as const),
    ...(complete
      ? []
      : ([
          [Date.parse(begin), start],
          [stop + 1, Date.parse(end)],
        ] as const)),
  ].filter(([first, last]) => first < last);
  const first = Math.floor(start / HOUR_MS);
  const count = Math.max(0, Math.floor(stop / HOUR_MS) - first + 1);
  const isMissing = (hour: number) => missing.some(([first, last]) => first < hour + HOUR_MS && last > hour);
  return Array.from({ length: count }, (_, index) => (first + index) * HOUR_MS).filter(
    hour => !isMissing(hour),
  );
}

function hasHours({ timeline }: UsageReport): boolean {
  return timeline?.step === 'hour';
}

/** Monday is 0. */
function weekdayOf(at: string): number {
  return (new Date(`${at.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % DAYS;
}
