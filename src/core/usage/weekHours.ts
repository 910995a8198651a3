import { exact } from '../quota/exact.ts';
import { HOUR_MS } from '../time.ts';
import { knownTotal } from './knownTotal.ts';
import { labelMaker } from './spendLabel.ts';
import type { UsageReport } from './usageReport.ts';

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
  const used = emptyWeek();
  const add = ([day, hour]: HourPlace, amount: number) => {
    const row = used[day];
    if (row) row[hour] = exact((row[hour] ?? 0) + amount);
  };
  const places = placesIn(timeZone);
  let placed = 0;
  let silent = 0;
  for (const report of reports) {
    const source = hasHours(report) ? report : hourly.find(({ keyId }) => keyId === report.keyId);
    if (!source?.timeline || !hasHours(source)) {
      silent += 1;
      continue;
    }
    // Hours without spend are known to be 0 as far as the figures reach.
    for (const at of hoursOf(source)) add(places.ofMoment(at), 0);
    for (const cell of source.timeline.cells) {
      if (cell.at.length <= '2026-06-01'.length) continue;
      add(places.ofLabel(cell.at), cell.used);
      placed += cell.used;
    }
  }
  const total = reports.reduce((sum, report) => sum + (knownTotal(report)?.used ?? 0), 0);
  return { used, most: mostOf(used), withoutHour: Math.max(0, exact(total - placed)), silent };
}

/** Adds several weeks up: an hour is known where one of them knows it. */
export function addWeekHours(weeks: readonly WeekHours[]): WeekHours {
  const used = emptyWeek();
  for (const week of weeks) {
    week.used.forEach((row, day) => {
      row.forEach((amount, hour) => {
        const sum = used[day];
        if (amount !== undefined && sum) sum[hour] = exact((sum[hour] ?? 0) + amount);
      });
    });
  }
  return {
    used,
    most: mostOf(used),
    withoutHour: exact(weeks.reduce((sum, { withoutHour }) => sum + withoutHour, 0)),
    silent: weeks.reduce((sum, { silent }) => sum + silent, 0),
  };
}

function emptyWeek(): (number | undefined)[][] {
  return Array.from({ length: DAYS }, () => Array<number | undefined>(HOURS).fill(undefined));
}

function mostOf(used: WeekHours['used']): number {
  return Math.max(0, ...used.flat().map(amount => amount ?? 0));
}

/** A weekday, Monday is 0, and an hour of it. */
type HourPlace = readonly [day: number, hour: number];

/** Where hours stand in a week. Cached, since all reports have the same hours. */
class HourPlaces {
  readonly #label: (ms: number) => string;
  readonly #ofMoments = new Map<number, HourPlace>();
  readonly #ofLabels = new Map<string, HourPlace>();

  constructor(timeZone: string) {
    this.#label = labelMaker('hour', timeZone);
  }

  ofMoment(at: number): HourPlace {
    const known = this.#ofMoments.get(at) ?? this.ofLabel(this.#label(at));
    this.#ofMoments.set(at, known);
    return known;
  }

  ofLabel(at: string): HourPlace {
    const known = this.#ofLabels.get(at) ?? ([weekdayOf(at), Number(at.slice(11, 13))] as const);
    this.#ofLabels.set(at, known);
    return known;
  }
}

const placesByZone = new Map<string, HourPlaces>();

function placesIn(timeZone: string): HourPlaces {
  const places = placesByZone.get(timeZone) ?? new HourPlaces(timeZone);
  placesByZone.set(timeZone, places);
  return places;
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
