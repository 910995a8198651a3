import type { Scale } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import { type Coverage, type Usage, withUnreadableRows } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { requestLogPage } from './logPage.ts';
import { type LogStreamResult, lastCompleteMs, secondsOf, streamLog } from './logStream.ts';
import { rowAdder } from './logs.ts';

/** How often a log is read that changes in a way that cannot be made out. */
const MAX_ATTEMPTS = 3;

/** How many rows of an account's log a range holds. */
export interface LogCount {
  /** undefined where the gateway does not count them. */
  readonly rows: number | undefined;
  /** Whether pages are bare arrays, as in One API. */
  readonly isBare: boolean;
  /** The gateway's clock, in epoch milliseconds. */
  readonly serverNow: number | undefined;
}

/** Counts the rows of a range, and tells the gateway's time. */
export async function countLogRows(context: GatewayContext, range: Range): Promise<LogCount> {
  const { total, isBare, serverNow } = await requestLogPage(context, {
    p: 1,
    page_size: 1,
    ...secondsOf(range),
  });
  return { rows: total, isBare, serverNow };
}

/**
 * Exact spend by day, key and model from an account's log rows, added up as the pages come. Rows are dated by the
 * gateway's clock, which need not be ours, so it is `serverNow` that tells which seconds are over.
 */
export async function readLogUsage(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  progress: Progress = () => undefined,
  serverNow: number = context.now(),
): Promise<Usage> {
  const settled = lastCompleteMs(serverNow);
  const settledRange = { from: range.from, to: Math.min(range.to, settled) };
  // Not a second of it is over.
  if (settledRange.to < settledRange.from)
    return { unit: scale.unit, coverage: { complete: false }, source: 'gateway' };
  for (let attempt = 1; ; attempt++) {
    const tally = new UsageSum(timelineStepFor(range));
    const stream = await streamLog(context, settledRange, rowAdder(tally), progress);
    if (stream.end === 'changed' && attempt < MAX_ATTEMPTS) continue;
    return usageOf(tally, stream, settledRange, scale);
  }
}

function usageOf(tally: UsageSum, stream: LogStreamResult, fixed: Range, scale: Scale): Usage {
  return {
    unit: scale.unit,
    total: tally.total(scale.perUnit),
    byDay: tally.rows('day', scale.perUnit),
    byKey: tally.rows('key', scale.perUnit),
    byModel: tally.rows('model', scale.perUnit),
    timeline: tally.timeline(scale.perUnit),
    coverage: withUnreadableRows(coverageOf(stream, fixed), stream.unreadable),
    source: 'gateway',
  };
}

/** A log that changed while it was read may lack rows anywhere; every other end leaves out the oldest ones. */
function coverageOf({ end, oldest }: LogStreamResult, { from, to }: Range): Coverage {
  if (end === 'whole') return { complete: true, from: iso(from), to: iso(to) };
  const start = end === 'changed' ? from : oldest;
  return { complete: false, ...(start !== undefined && { from: iso(start), to: iso(to) }), reason: end };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
