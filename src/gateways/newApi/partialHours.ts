import { GatewayError } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import { HOUR_MS, isoTime } from '../../core/time.ts';
import type { Coverage } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageSum } from '../../core/usage/usageSum.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { streamToLedger } from './accountLogRecords.ts';
import { requestLogPage } from './logPage.ts';
import { secondsOf } from './logStream.ts';
import { lastCompleteMs } from './settledSecond.ts';
import { rowAdder } from './spendRows.ts';

/** The most rows that are read for the partial hours: 20 calls each. */
const MAX_ROWS = 2000;

/**
 * The whole hours of a range that are summed by `summedUntil` (epoch milliseconds); undefined when there are
 * none.
 */
export function wholeHours({ from, to }: Range, summedUntil: number): Range | undefined {
  const start = Math.ceil(from / HOUR_MS) * HOUR_MS;
  const end = Math.floor(Math.min(to + 1, summedUntil) / HOUR_MS) * HOUR_MS;
  return end > start ? { from: start, to: end - 1 } : undefined;
}

/**
 * Adds the partial hours at both ends of a range from the log's rows, and returns the coverage. Undefined
 * where the log has too many rows there, or cannot be read: then the sums are all there is.
 */
export async function addPartialHours(
  context: GatewayContext,
  range: Range,
  summed: Range,
  sum: Pick<UsageSum, 'add'>,
  serverNow: number,
  scale: Scale,
): Promise<Coverage | undefined> {
  const settled = lastCompleteMs(serverNow);
  const to = Math.min(range.to, settled);
  const partialHours = [
    { from: range.from, to: summed.from - 1 },
    { from: summed.to + 1, to },
  ].filter(edge => edge.to >= edge.from);
  // Sums have no keys, so the added rows must not have any either.
  const add = rowAdder({ add: entry => sum.add({ ...entry, key: '' }) });
  try {
    for (const partialHour of partialHours) {
      const { total } = await requestLogPage(context, { p: 1, page_size: 1, ...secondsOf(partialHour) });
      if (total === undefined || total > MAX_ROWS) return undefined;
      const { end, unreadable } = await streamToLedger(
        context,
        partialHour,
        scale,
        serverNow,
        add,
        () => undefined,
      );
      if (end !== 'whole' || unreadable > 0) return undefined;
    }
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
  return { complete: true, from: isoTime(range.from), to: isoTime(to) };
}
