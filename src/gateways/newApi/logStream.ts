import { hash } from 'node:crypto';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import { SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { askLog, type LogAnswer, mayBeCapped } from './logPage.ts';
import { parseSpendRows, type SpendRow } from './logs.ts';
import { pushedOn } from './pushedRows.ts';

/** How long after its second a row may still be written: requests of the same moment do not end at once. */
const SETTLING_MS = 2 * SECOND_MS;

/** The last moment whose rows are all written, by the gateway's clock: the end of a second. */
export function lastSettled(serverNow: number): number {
  return Math.floor((serverNow - SETTLING_MS) / SECOND_MS) * SECOND_MS + SECOND_MS - 1;
}

const PAGE_SIZE = 100;
/** The smallest page any version sends; others send multiples of it. */
const LEAST_FULL_PAGE = 10;
/** So many pages of nothing but rows that are known do not come of a log that grows. */
const MAX_PUSHED_PAGES = 3;

/** How a paging through the log ended. */
export interface Stream {
  readonly end: 'whole' | 'broke-off' | 'endless' | 'changed';
  /** Epoch milliseconds of the oldest row taken; undefined when there was none. */
  readonly oldest: number | undefined;
  /** Rows that were sent and could not be read. */
  readonly unreadable: number;
}

/** The bounds of a range in the gateway's words: whole seconds, both included. */
export function secondsOf({ from, to }: Range) {
  return { start_timestamp: Math.ceil(from / 1000), end_timestamp: Math.floor(to / 1000) };
}

/**
 * Reads the log of a range from its newest row on, and hands over each row once, however many are written
 * meanwhile. What lies outside the range is left out here too, in case the gateway does not do it.
 */
export async function streamLog(
  context: GatewayContext,
  range: Range,
  take: (row: SpendRow) => void,
  progress: Progress,
): Promise<Stream> {
  return new LogReading(context, range, take, progress).read();
}

/** One paging through a log. */
class LogReading {
  readonly #context: GatewayContext;
  readonly #range: Range;
  readonly #take: (row: SpendRow) => void;
  readonly #progress: Progress;
  readonly #seenPages = new Set<string>();
  #lastPage: readonly SpendRow[] = [];
  #lastPrint = '';
  #pushedPages = 0;
  /** Rows sent, each once, readable or not. */
  #done = 0;
  #unreadable = 0;
  #oldest: number | undefined;
  #firstTotal: number | undefined;
  #total: number | undefined;
  /** Whether rows came or went in a way that cannot be made out. */
  #isUnclear = false;
  /** Whether the gateway counts the rows of a page and not those of the log. */
  #isPageCounted = false;

  constructor(context: GatewayContext, range: Range, take: (row: SpendRow) => void, progress: Progress) {
    this.#context = context;
    this.#range = range;
    this.#take = take;
    this.#progress = progress;
  }

  async read(): Promise<Stream> {
    const probe = await this.#ask(1);
    // Bare arrays are counted from 0, so that this was the second of them: rows may have moved on to it since.
    const offset = probe.isBare ? -1 : 0;
    for (let number = 1; ; number++) {
      const page = number === 1 && !probe.isBare ? probe : await this.#pageOrNothing(number, offset);
      if (!page) return this.#ended('broke-off');
      const end = this.#takePage(page);
      if (end === 'whole') return this.#ended(await this.#takeTop(offset));
      if (end) return this.#ended(end);
    }
  }

  #takePage({ rows: wire, total: told, size, isBare }: LogAnswer): Stream['end'] | undefined {
    const rows = parseSpendRows(wire);
    if (this.#done > 0 && wire.length > 0 && told !== undefined && told <= wire.length) this.#countsPages();
    const total = this.#isPageCounted ? undefined : told;
    const grownBy = this.#count(total);
    const print = fingerprintOf(rows);
    const pushed = pushedOn(this.#lastPage, rows, grownBy);
    const isPushedPage = rows.length > 0 && print === this.#lastPrint && grownBy >= wire.length;
    if (wire.length > 0 && this.#seenPages.has(print) && !isPushedPage) return 'endless';
    this.#pushedPages = isPushedPage ? this.#pushedPages + 1 : 0;
    if (this.#pushedPages > MAX_PUSHED_PAGES) return 'endless';
    if (pushed.size < Math.min(grownBy, rows.length) && this.#done > 0) this.#isUnclear = true;
    this.#seenPages.add(print);
    this.#lastPage = rows;
    this.#lastPrint = print;
    for (const row of rows) if (!pushed.has(row)) this.#takeRow(row);
    this.#unreadable += wire.length - rows.length;
    this.#done += wire.length - pushed.size;
    this.#progress(this.#done, this.#total);
    return this.#endAfter(wire.length, isBare, size);
  }

  /** Rows that were not counted came: what a gateway counts is then the rows of a page, and only an empty one is the end. */
  #countsPages(): void {
    this.#isPageCounted = true;
    this.#total = undefined;
    this.#firstTotal = undefined;
  }

  #endAfter(sent: number, isBare: boolean, size: number | undefined): Stream['end'] | undefined {
    const total = this.#total;
    // Without a count only an empty page is the end: a page may be smaller than was asked for.
    if (total === undefined) return sent === 0 ? 'whole' : undefined;
    const above = Math.max(0, total - (this.#firstTotal ?? total));
    const isFull = sent >= (size ?? LEAST_FULL_PAGE) && sent % LEAST_FULL_PAGE === 0;
    const mayGoOn = !isBare && ((mayBeCapped(total) && sent >= PAGE_SIZE) || (isFull && total <= sent));
    if (this.#done + above >= total && !mayGoOn) return 'whole';
    if (sent > 0) return undefined;
    // Rows that were counted and never sent are not rows without spend.
    if (this.#done === 0) throw failed('unexpected', 'missing-figures');
    return this.#isUnclear ? 'changed' : 'broke-off';
  }

  /** By how many rows the log has grown since the page before. */
  #count(total: number | undefined): number {
    const grownBy = total === undefined ? 0 : total - (this.#total ?? total);
    this.#firstTotal ??= total;
    this.#total = total ?? this.#total;
    if (grownBy >= 0) return grownBy;
    // Rows that vanish pull others past the reader.
    this.#isUnclear = true;
    return 0;
  }

  /** Takes what was written on top since the first page, if it belongs to the range. */
  async #takeTop(offset: number): Promise<Stream['end']> {
    if (this.#isUnclear) return 'changed';
    if (this.#total === this.#firstTotal) return 'whole';
    const page = await this.#pageOrNothing(1, offset);
    const above = (page?.total ?? Number.POSITIVE_INFINITY) - (this.#firstTotal ?? 0);
    if (!page || above < 0 || above > page.rows.length) return 'changed';
    const top = page.rows.slice(0, above);
    const rows = parseSpendRows(top);
    for (const row of rows) this.#takeRow(row);
    this.#unreadable += top.length - rows.length;
    return 'whole';
  }

  #takeRow(row: SpendRow): void {
    const at = row.created_at * 1000;
    const { start_timestamp, end_timestamp } = secondsOf(this.#range);
    if (row.created_at < start_timestamp || row.created_at > end_timestamp) return;
    this.#take(row);
    this.#oldest = Math.min(this.#oldest ?? at, at);
  }

  #ended(end: Stream['end']): Stream {
    return { end, oldest: this.#oldest, unreadable: this.#unreadable };
  }

  /** A gateway that dies after the first page leaves what has arrived. */
  async #pageOrNothing(number: number, offset: number): Promise<LogAnswer | undefined> {
    try {
      return await this.#ask(number + offset);
    } catch (error) {
      if (this.#done > 0 && error instanceof GatewayError) return undefined;
      throw error;
    }
  }

  #ask(p: number): Promise<LogAnswer> {
    return askLog(this.#context, { p, page_size: PAGE_SIZE, ...secondsOf(this.#range) });
  }
}

/** Short, because a long log has thousands of pages; of numbers and not of texts, of which it would make millions. */
function fingerprintOf(rows: readonly SpendRow[]): string {
  const numbers = new Float64Array(rows.length * 5);
  rows.forEach(({ created_at, type, quota, prompt_tokens, completion_tokens }, index) => {
    numbers.set(
      [created_at, type, quota ?? Number.NaN, prompt_tokens ?? Number.NaN, completion_tokens ?? Number.NaN],
      index * 5,
    );
  });
  const ends = [rows[0]?.request_id, rows.at(-1)?.request_id].join(' ');
  return hash('sha1', numbers, 'base64') + ends;
}
