import { GatewayError } from '../../core/quota/failure.ts';
import { HOUR_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Coverage } from '../../core/usage/usage.ts';
import type { UsageSum } from '../../core/usage/usageSum.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { requestLogPage } from './logPage.ts';
import { lastCompleteMs, secondsOf, streamLog } from './logStream.ts';
import { rowAdder } from './logs.ts';

/** At 100 rows a call the two edges leave room in the request budget. */
const MAX_ROWS = 2000;

/** The whole hours of a range that are surely summed by `summedTo`; undefined when there is none. */
export function wholeHours({ from, to }: Range, summedUntil: number): Range | undefined {
  const start = Math.ceil(from / HOUR_MS) * HOUR_MS;
  const end = Math.floor(Math.min(to + 1, summedUntil) / HOUR_MS) * HOUR_MS;
  return end > start ? { from: start, to: end - 1 } : undefined;
}

/**
 * Adds what lies in a range before and after its summed hours from the log's rows, and tells what is covered then.
 * Undefined where the log has too many of them, or cannot be read now: then the sums are all there is.
 */
export async function addPartialHours(
  context: GatewayContext,
  range: Range,
  summed: Range,
  tally: Pick<UsageSum, 'add'>,
  serverNow: number,
): Promise<Coverage | undefined> {
  const settled = lastCompleteMs(serverNow);
  const to = Math.min(range.to, settled);
  const partialHours = [
    { from: range.from, to: summed.from - 1 },
    { from: summed.to + 1, to },
  ].filter(edge => edge.to >= edge.from);
  // Sums know no keys, so that a part of the rows must not seem to.
  const add = rowAdder({ add: entry => tally.add({ ...entry, key: '' }) });
  try {
    for (const partialHour of partialHours) {
      const { total } = await requestLogPage(context, { p: 1, page_size: 1, ...secondsOf(partialHour) });
      if (total === undefined || total > MAX_ROWS) return undefined;
      const { end, unreadable } = await streamLog(context, partialHour, add, () => undefined);
      if (end !== 'whole' || unreadable > 0) return undefined;
    }
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
  return { complete: true, from: new Date(range.from).toISOString(), to: new Date(to).toISOString() };
}
