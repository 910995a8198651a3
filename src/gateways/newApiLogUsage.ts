import { GatewayError } from '../quota/failure.ts';
import type { Range } from '../quota/range.ts';
import { Tally } from '../quota/tally.ts';
import type { Scale } from '../quota/unit.ts';
import type { Coverage, Usage } from '../quota/usage.ts';
import { stepFor } from '../quota/usageReport.ts';
import { accountPayload } from './accountAccess.ts';
import { rowsOf } from './answers.ts';
import type { Progress, Visit } from './gateway.ts';
import { parseLogRows, tallyRow, type WireLogRow } from './newApiLogs.ts';
import { numberOf } from './wire.ts';

const PAGE_SIZE = 100;

/** How a paging through the log ended. */
interface Stream {
  readonly end: 'whole' | 'broke-off' | 'endless';
  /** Epoch milliseconds of the oldest row seen. */
  readonly oldest: number;
}

/** How many rows of the account's log a range holds; undefined where the gateway does not count them. */
export async function countLogRows(visit: Visit, range: Range): Promise<number | undefined> {
  const { payload } = await accountPayload(visit, '/api/log/self', { p: 1, page_size: 1, ...bounds(range) });
  return numberOf(payload.total);
}

/** Exact spend by day, key and model from an account's log rows, added up as the pages come. */
export async function readLogUsage(
  visit: Visit,
  range: Range,
  scale: Scale,
  progress: Progress = () => undefined,
): Promise<Usage> {
  // Rows written while we page would push others onto the next page, to be counted twice.
  const fixed = { from: range.from, to: Math.min(range.to, visit.now()) };
  const tally = new Tally(stepFor(range));
  const stream = await streamLog(visit, fixed, row => tallyRow(tally, row), progress);
  return {
    unit: scale.unit,
    total: tally.total(scale.perUnit),
    byDay: tally.rows('day', scale.perUnit),
    byKey: tally.rows('key', scale.perUnit),
    byModel: tally.rows('model', scale.perUnit),
    timeline: tally.timeline(scale.perUnit),
    coverage: coverageOf(stream, fixed),
    source: 'gateway',
  };
}

async function streamLog(
  visit: Visit,
  range: Range,
  take: (row: WireLogRow) => void,
  progress: Progress,
): Promise<Stream> {
  let oldest = range.to;
  let done = 0;
  let expected: number | undefined;
  let before = '';
  for (let number = 1; ; number++) {
    const page = await pageOrEnd(visit, range, number);
    if (page === 'broke-off') return { end: page, oldest };
    const { rows, count, total, fingerprint } = page;
    expected ??= total;
    // The range ends in the past, so neither its rows nor their count can grow or come again.
    if (count > 0 && fingerprint === before) return { end: 'endless', oldest };
    if (total !== undefined && total > (expected ?? total)) return { end: 'endless', oldest };
    before = fingerprint;
    for (const row of rows) {
      take(row);
      oldest = Math.min(oldest, row.created_at * 1000);
    }
    done += count;
    progress(done, expected);
    if (expected === undefined ? count < PAGE_SIZE : done >= expected) return { end: 'whole', oldest };
    if (count === 0) return { end: 'broke-off', oldest };
  }
}

interface LogPageRows {
  readonly rows: readonly WireLogRow[];
  /** Rows sent, readable or not. */
  readonly count: number;
  readonly total: number | undefined;
  /** Tells a page that comes again. */
  readonly fingerprint: string;
}

/** A gateway that dies after the first page leaves what has arrived. */
async function pageOrEnd(visit: Visit, range: Range, number: number): Promise<LogPageRows | 'broke-off'> {
  try {
    return await logPage(visit, range, number);
  } catch (error) {
    if (number > 1 && error instanceof GatewayError) return 'broke-off';
    throw error;
  }
}

async function logPage(visit: Visit, range: Range, number: number): Promise<LogPageRows> {
  const query = { p: number, page_size: PAGE_SIZE, ...bounds(range) };
  const { data, payload } = await accountPayload(visit, '/api/log/self', query);
  const wire = rowsOf(Array.isArray(data) ? data : payload.items);
  const rows = parseLogRows(wire);
  return {
    rows,
    count: wire.length,
    total: numberOf(payload.total),
    fingerprint: rows.map(({ id, created_at, quota }) => `${id} ${created_at} ${quota}`).join(),
  };
}

function bounds({ from, to }: Range) {
  return { start_timestamp: Math.ceil(from / 1000), end_timestamp: Math.floor(to / 1000) };
}

function coverageOf({ end, oldest }: Stream, { from, to }: Range): Coverage {
  const complete = end === 'whole';
  return {
    complete,
    from: new Date(complete ? from : oldest).toISOString(),
    to: new Date(to).toISOString(),
    reason: complete ? undefined : end,
  };
}
