import type { Scale } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import { type Coverage, type Usage, withUnreadableRows } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { streamToLedger } from './accountLogRecords.ts';
import { requestLogPage } from './logPage.ts';
import { type LogStreamResult, secondsOf } from './logStream.ts';
import { lastCompleteMs } from './settledSecond.ts';
import { rowAdder } from './spendRows.ts';

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

/**
 * Exact spend by day, key and model, summed from an account's log rows page by page. Rows are dated by the
 * gateway's clock: `serverNow`, in epoch milliseconds, decides which seconds are over; where it is not told, ours does.
 * @throws GatewayError
 */
export async function readLogUsage(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  progress: Progress = () => undefined,
  serverNow?: number,
): Promise<Usage> {
  const settled = lastCompleteMs(serverNow ?? context.now());
  const settledRange = { from: range.from, to: Math.min(range.to, settled) };
  // No second of the range is over.
  if (settledRange.to < settledRange.from)
    return { unit: scale.unit, coverage: { complete: false }, source: 'gateway' };
  for (let attempt = 1; ; attempt++) {
    const sum = new UsageSum(timelineStepFor(range));
    const add = rowAdder(sum);
    const stream = await streamToLedger(context, settledRange, scale, serverNow, add, progress);
    if (stream.end === 'changed' && attempt < MAX_ATTEMPTS) continue;
    return usageOf(sum, stream, settledRange, scale);
  }
}

function usageOf(sum: UsageSum, stream: LogStreamResult, fixed: Range, scale: Scale): Usage {
  return {
    unit: scale.unit,
    total: sum.total(scale.perUnit),
    byDay: sum.rows('day', scale.perUnit),
    byKey: sum.rows('key', scale.perUnit),
    byModel: sum.rows('model', scale.perUnit),
    timeline: sum.timeline(scale.perUnit),
    coverage: withUnreadableRows(coverageOf(stream, fixed), stream.unreadable),
    source: 'gateway',
  };
}

/** A log that changed while it was read may lack rows anywhere; other failures lack the oldest. */
function coverageOf({ end, oldest }: LogStreamResult, { from, to }: Range): Coverage {
  if (end === 'whole') return { complete: true, from: iso(from), to: iso(to) };
  const start = end === 'changed' ? from : oldest;
  return { complete: false, ...(start !== undefined && { from: iso(start), to: iso(to) }), reason: end };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
