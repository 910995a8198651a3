import type { SecondSpan, SpendRecord, SpendRecords } from '../../core/ledger/spendRecord.ts';
import { usedRawOf } from '../../core/ledger/usedRaw.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import { HOUR_MS, QUARTER_S, SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { completeWithout } from './completeWithout.ts';
import { requestLogPage } from './logPage.ts';
import { type LogStreamResult, secondsOf, streamLog } from './logStream.ts';
import { RowOrder } from './rowOrder.ts';
import { settledSecond } from './settledSecond.ts';
import { spendRecordOf } from './spendRecords.ts';
import { isSpend, type SpendRow, spendOf } from './spendRows.ts';

/** How reading a log ended; `begins-late` where the gateway has deleted rows older than its oldest. */
export interface LedgerStreamResult extends Omit<LogStreamResult, 'end'> {
  readonly end: LogStreamResult['end'] | 'begins-late';
}

/** Amounts of readings are rounded to six decimals. */
const ROUNDING = 1e-6;

/** Reads a log as `streamLog` does, and passes its rows on to the ledger. `serverNow` is the gateway's clock. */
export async function streamToLedger(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  serverNow: number | undefined,
  onRow: (row: SpendRow) => void,
  progress: Progress,
): Promise<LedgerStreamResult> {
  const { recordSpend } = context;
  const records: SpendRecord[] = [];
  let spent = 0;
  const order = new RowOrder();
  const add = (row: SpendRow) => {
    onRow(row);
    order.add(Math.floor(row.created_at));
    spent += isSpend(row) ? spendOf(row) : 0;
    const record = recordSpend && spendRecordOf(row);
    if (record) records.push(record);
  };
  const stream = await streamLog(context, range, add, progress);
  const beginsLate = stream.end === 'whole' && !(await reachesBack(context, range, scale, stream, spent));
  const result = beginsLate ? ({ ...stream, end: 'begins-late' } as const) : stream;
  const told = completeSpan(result, range, settledSecond(serverNow, context.now()), order);
  recordSpend?.({ source: 'accountLog', scale, records, unreadable: result.unreadable, ...told });
  return result;
}

/** A log whose first row in a range comes so soon after its beginning goes back further. */
const SOON_MS = HOUR_MS;

/**
 * Whether a log still has the rows of a range from its beginning on, since gateways delete old ones. It has them where
 * its rows add up to all that the account has used, if that is known, or where it has older rows.
 */
async function reachesBack(
  context: GatewayContext,
  range: Range,
  scale: Scale,
  { oldest }: LogStreamResult,
  spent: number,
): Promise<boolean> {
  const begin = oldest ?? range.to;
  if (begin - range.from < SOON_MS) return true;
  const used = usedRawOf(context.lastReading, scale);
  if (used === undefined || spent >= used - ROUNDING * scale.perUnit) return true;
  return hasRowsBefore(context, range);
}

async function hasRowsBefore(context: GatewayContext, range: Range): Promise<boolean> {
  const { start_timestamp } = secondsOf(range);
  try {
    // Where pages are counted from 1, the page 0 is the first as well.
    const query = { p: 0, page_size: 1, end_timestamp: start_timestamp - 1 };
    return (await requestLogPage(context, query)).rows.length > 0;
  } catch (error) {
    if (error instanceof GatewayError) return false;
    throw error;
  }
}

/**
 * Where a log broke off its oldest rows are missing; other endings may lack any. The quarters with rows that cannot be read
 * are left out. `settled` is the first second of which rows may still come.
 */
export function completeSpan(
  { end, oldest, hasChanged, unreadableAt }: LedgerStreamResult,
  range: Range,
  settled: number,
  order?: RowOrder,
): Pick<SpendRecords, 'complete' | 'holes'> {
  const { start_timestamp, end_timestamp } = secondsOf(range);
  const from = {
    whole: start_timestamp,
    'begins-late': oldest === undefined ? undefined : Math.floor(oldest / SECOND_MS),
    'broke-off': order?.completeFrom,
    changed: undefined,
    endless: undefined,
  }[end];
  const to = Math.min(end_timestamp + 1, settled);
  if (hasChanged || !unreadableAt || from === undefined) return { complete: undefined };
  return completeWithout({ from, to }, unreadableAt.map(quarterOf));
}

function quarterOf({ from }: SecondSpan): SecondSpan {
  const start = Math.floor(from / QUARTER_S) * QUARTER_S;
  return { from: start, to: start + QUARTER_S };
}
