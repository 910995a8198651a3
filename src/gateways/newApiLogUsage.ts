import { hash } from 'node:crypto';
import { failed, GatewayError } from '../quota/failure.ts';
import type { Range } from '../quota/range.ts';
import { Tally } from '../quota/tally.ts';
import type { Scale } from '../quota/unit.ts';
import { type Coverage, lacking, type Usage } from '../quota/usage.ts';
import { stepFor } from '../quota/usageReport.ts';
import { accountPayload } from './accountAccess.ts';
import { rowsOf } from './answers.ts';
import type { Progress, Visit } from './gateway.ts';
import { parseSpendRows, type SpendRow, tallying } from './newApiLogs.ts';
import { numberOf } from './wire.ts';

const PAGE_SIZE = 100;

/** How a paging through the log ended. */
interface Stream {
  readonly end: 'whole' | 'broke-off' | 'endless';
  /** Epoch milliseconds of the oldest row seen. */
  readonly oldest: number;
  /** Rows that were sent and could not be read. */
  readonly unreadable: number;
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
  const stream = await streamLog(visit, fixed, tallying(tally), progress);
  return {
    unit: scale.unit,
    total: tally.total(scale.perUnit),
    byDay: tally.rows('day', scale.perUnit),
    byKey: tally.rows('key', scale.perUnit),
    byModel: tally.rows('model', scale.perUnit),
    timeline: tally.timeline(scale.perUnit),
    coverage: lacking(coverageOf(stream, fixed), stream.unreadable),
    source: 'gateway',
  };
}

async function streamLog(
  visit: Visit,
  range: Range,
  take: (row: SpendRow) => void,
  progress: Progress,
): Promise<Stream> {
  let oldest = range.to;
  let done = 0;
  let unreadable = 0;
  const ended = (end: Stream['end']): Stream => ({ end, oldest, unreadable });
  let expected: number | undefined;
  const before = new Set<string>();
  for (let number = 1; ; number++) {
    const page = await pageOrEnd(visit, range, number);
    if (page === 'broke-off') return ended(page);
    const { rows, count, total, fingerprint } = page;
    expected ??= total;
    // The range ends in the past, so neither its rows nor their count can grow or come again.
    if (count > 0 && before.has(fingerprint)) return ended('endless');
    if (total !== undefined && total > (expected ?? total)) return ended('endless');
    before.add(fingerprint);
    for (const row of rows) {
      take(row);
      oldest = Math.min(oldest, row.created_at * 1000);
    }
    done += count;
    unreadable += count - rows.length;
    progress(done, expected);
    if (expected === undefined ? count < PAGE_SIZE : done >= expected) return ended('whole');
    if (count > 0) continue;
    // Rows that were counted and never sent are not rows without spend.
    if (done === 0) throw failed('unexpected', 'missing-figures');
    return ended('broke-off');
  }
}

interface LogPageRows {
  readonly rows: readonly SpendRow[];
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
  const rows = parseSpendRows(wire);
  return {
    rows,
    count: wire.length,
    total: numberOf(payload.total),
    fingerprint: fingerprintOf(rows),
  };
}

/** Short, because a long log has thousands of pages; of numbers and not of texts, of which it would make millions. */
function fingerprintOf(rows: readonly SpendRow[]): string {
  const numbers = new Float64Array(rows.length * 3);
  rows.forEach(({ id, created_at, quota }, index) => {
    numbers[index * 3] = id ?? Number.NaN;
    numbers[index * 3 + 1] = created_at;
    numbers[index * 3 + 2] = quota ?? Number.NaN;
  });
  return hash('sha1', numbers, 'base64');
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
