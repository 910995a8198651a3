import type { SpendRecord, SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Scale } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { type LogStreamResult, secondsOf, streamLog } from './logStream.ts';
import { RowOrder } from './rowOrder.ts';
import { settledSecond } from './settledSecond.ts';
import { spendRecordOf } from './spendRecords.ts';
import type { SpendRow } from './spendRows.ts';

/** Reads a log as `streamLog` does, and passes its rows on to the ledger. `serverNow` is the gateway's clock. */
export async function streamToLedger(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  serverNow: number | undefined,
  onRow: (row: SpendRow) => void,
  progress: Progress,
): Promise<LogStreamResult> {
  const { recordSpend } = context;
  if (!recordSpend) return streamLog(context, range, onRow, progress);
  const records: SpendRecord[] = [];
  const order = new RowOrder();
  const add = (row: SpendRow) => {
    onRow(row);
    order.add(Math.floor(row.created_at));
    const record = spendRecordOf(row);
    if (record) records.push(record);
  };
  const result = await streamLog(context, range, add, progress);
  const complete = completeSpan(result, range, settledSecond(serverNow, context.now()), order);
  recordSpend({ source: 'accountLog', scale, records, complete, unreadable: result.unreadable });
  return result;
}

/**
 * Where a log broke off its oldest rows are missing; other endings, and rows that cannot be read, may lack any. `settled`
 * is the first second of which rows may still come.
 */
export function completeSpan(
  { end, hasChanged, unreadable }: LogStreamResult,
  range: Range,
  settled: number,
  order?: RowOrder,
): SpendRecords['complete'] {
  if (hasChanged || unreadable > 0) return undefined;
  const { start_timestamp, end_timestamp } = secondsOf(range);
  const from = end === 'whole' ? start_timestamp : end === 'broke-off' ? order?.completeFrom : undefined;
  const to = Math.min(end_timestamp + 1, settled);
  return from !== undefined && from < to ? { from, to } : undefined;
}
