import type { Scale } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { type Coverage, type CoverageReason, withUnreadableRows } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { type LedgerStreamResult, streamToLedger } from './accountLogRecords.ts';
import { requestLogPage } from './logPage.ts';
import { secondsOf } from './logStream.ts';
import { lastCompleteMs } from './settledSecond.ts';
import { rowAdder, type SpendRow } from './spendRows.ts';

/** How often a log is read that changes meanwhile in a way that cannot be resolved. */
const MAX_ATTEMPTS = 3;

/** The number of rows of a range. */
export interface LogCount {
  /** Undefined where the gateway does not count them. */
  readonly rows: number | undefined;
  /** Whether pages are bare arrays, as in One API. */
  readonly isBare: boolean;
  /** The gateway's clock, in epoch milliseconds. */
  readonly serverNow: number | undefined;
}

/**
 * Counts the rows of a range by a page of one row.
 * @throws GatewayError
 */
export async function countLogRows(context: GatewayContext, range: Range): Promise<LogCount> {
  const { total, isBare, serverNow } = await requestLogPage(context, {
    p: 1,
    page_size: 1,
    ...secondsOf(range),
  });
  return { rows: total, isBare, serverNow };
}

/** All rows of a range whose seconds are over, and how reading them ended. */
export interface SettledLog {
  readonly range: Range;
  readonly stream: LedgerStreamResult;
}

/**
 * Reads the rows of a range of which no more will come, page by page: `begin` is called for each try, and the rows are
 * passed to what it returns. Rows are dated by the gateway's clock: `serverNow`, in epoch milliseconds, decides which
 * seconds are over; where it is not told, ours does. Undefined where no second is.
 * @throws GatewayError
 */
export async function readSettledLog(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  serverNow: number | undefined,
  begin: () => (row: SpendRow) => void,
  progress: Progress = () => undefined,
): Promise<SettledLog | undefined> {
  const settled = lastCompleteMs(serverNow ?? context.now());
  const settledRange = { from: range.from, to: Math.min(range.to, settled) };
  if (settledRange.to < settledRange.from) return undefined;
  for (let attempt = 1; ; attempt++) {
    const stream = await streamToLedger(context, settledRange, scale, serverNow, begin(), progress);
    if (stream.end !== 'changed' || attempt >= MAX_ATTEMPTS) return { range: settledRange, stream };
  }
}

/**
 * Exact spend by day, key and model, summed from an account's log rows.
 * @throws GatewayError
 */
export async function readLogUsage(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  progress?: Progress,
  serverNow?: number,
): Promise<Usage> {
  let sum = new UsageSum(timelineStepFor(range));
  const begin = () => {
    sum = new UsageSum(timelineStepFor(range));
    return rowAdder(sum);
  };
  const log = await readSettledLog(context, range, scale, serverNow, begin, progress);
  if (!log) return { unit: scale.unit, coverage: { complete: false }, source: 'gateway' };
  return {
    unit: scale.unit,
    total: sum.total(scale.perUnit),
    byDay: sum.rows('day', scale.perUnit),
    byKey: sum.rows('key', scale.perUnit),
    byModel: sum.rows('model', scale.perUnit),
    timeline: sum.timeline(scale.perUnit),
    coverage: coverageOf(log),
    source: 'gateway',
  };
}

/** A log that changed while it was read may lack rows anywhere; other failures lack the oldest. */
export function coverageOf({
  stream: { end, oldest, unreadable },
  range: { from, to },
}: SettledLog): Coverage {
  const start = end === 'whole' || end === 'changed' ? from : oldest;
  const covered = start === undefined ? {} : { from: isoTime(start), to: isoTime(to) };
  const coverage =
    end === 'whole'
      ? { complete: true, ...covered }
      : { complete: false, ...covered, reason: reasonOf(end, oldest) };
  return withUnreadableRows(coverage, unreadable);
}

function reasonOf(
  end: Exclude<LedgerStreamResult['end'], 'whole'>,
  oldest: number | undefined,
): CoverageReason {
  if (end !== 'begins-late') return end;
  return oldest === undefined ? 'empty-log' : 'ledger-gaps';
}
