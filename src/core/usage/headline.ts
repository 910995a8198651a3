import { exact } from '../quota/exact.ts';
import { COMPLETE_SLACK_MS } from './coverage.ts';
import type { UsageReport } from './usageReport.ts';

/** The total of several reports, and how much of what was asked it covers. */
export interface Headline {
  /** The sum of the known totals, in the reports' unit; undefined where none is known. */
  readonly used?: number;
  /** Whether every key's report covers its whole range. */
  readonly isComplete: boolean;
  /** Keys with a total, and all keys of the query. */
  readonly keysWithTotal: number;
  readonly keyCount: number;
  /** The mean share of the range that those totals cover, 0 to 1. */
  readonly coveredShare: number;
  /** Whether the log of a key lacks rows. */
  readonly isUnlogged?: true;
  /** Undefined where the figure is whole. */
  readonly flaw?: Flaw;
}

/** What is wrong with a figure: a part of it is missing. */
export type Flaw = 'incomplete';

/**
 * The headline of reports in one unit. `missing` is the number of keys without a report; `now` is in epoch
 * milliseconds.
 */
export function headlineOf(reports: readonly UsageReport[], missing: number, now: number): Headline {
  const withTotal = reports.filter(({ total }) => total !== undefined);
  const shares = withTotal.map(report => coveredShareOf(report, now));
  const flaw = flawOf(reports, missing);
  return {
    used: withTotal.length === 0 ? undefined : exact(sum(withTotal.map(({ total }) => total?.used ?? 0))),
    isComplete: missing === 0 && reports.every(isCompleteReport),
    keysWithTotal: withTotal.length,
    keyCount: reports.length + missing,
    coveredShare: shares.length === 0 ? 0 : sum(shares) / shares.length,
    ...(reports.some(({ coverage }) => coverage.reason === 'unlogged') && { isUnlogged: true }),
    ...(flaw && { flaw }),
  };
}

/**
 * The flaw of reports' figures. `missing` is the number of further keys without a report; undefined where the
 * figures are complete.
 */
export function flawOf(
  reports: readonly Pick<UsageReport, 'total' | 'coverage'>[],
  missing = 0,
): Flaw | undefined {
  return missing > 0 || !reports.every(isCompleteReport) ? 'incomplete' : undefined;
}

/** Whether a report's figures are counted by more than one scale, or lack what was counted in another unit. */
export function isOverScales({ coverage }: Pick<UsageReport, 'coverage'>): boolean {
  return coverage.reason === 'scale-changed';
}

/** Whether a report has a total that covers its whole range. */
export function isCompleteReport({ total, coverage }: Pick<UsageReport, 'total' | 'coverage'>): boolean {
  return total !== undefined && coverage.complete;
}

/** The share of the past part of its range that a report covers, 0 to 1. */
function coveredShareOf({ from, to, coverage }: UsageReport, now: number): number {
  if (coverage.complete) return 1;
  if (coverage.from === undefined || coverage.to === undefined) return 0;
  const start = Date.parse(from);
  const end = Math.max(start + 1, Math.min(Date.parse(to), Math.max(now, Date.parse(coverage.to))));
  const until = Date.parse(coverage.to);
  const covered =
    (end - until < COMPLETE_SLACK_MS ? end : Math.min(end, until)) -
    Math.max(start, Date.parse(coverage.from)) -
    sum((coverage.gaps ?? []).map(gap => Date.parse(gap.to) - Date.parse(gap.from)));
  return Math.min(1, Math.max(0, covered / (end - start)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
