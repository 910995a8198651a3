import { hash } from 'node:crypto';
import type { SecondSpan } from '../../core/ledger/spendRecord.ts';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { MIN_FULL_PAGE } from './listPage.ts';
import { type AccountLogPage, mayBeCountLimit, requestLogPage } from './logPage.ts';
import { findShiftedRows } from './shiftedRows.ts';
import { parseSpendRow, parseSpendRows, type SpendRow, secondOfRow } from './spendRows.ts';

const PAGE_SIZE = 100;
/** A growing log does not produce more consecutive pages of known rows than this. */
const MAX_SHIFTED_PAGES = 3;

/** How the pagination of a log ended. */
export interface LogStreamResult {
  readonly end: 'whole' | 'broke-off' | 'endless' | 'changed';
  /** Whether rows came or went in a way that cannot be resolved, so that any may be missing. */
  readonly hasChanged: boolean;
  /** The oldest row, in epoch milliseconds; undefined without rows. */
  readonly oldest: number | undefined;
  /** Rows that were sent and could not be read. */
  readonly unreadable: number;
  /** The seconds of those rows; undefined where that of one is not known. */
  readonly unreadableAt: readonly SecondSpan[] | undefined;
}

/** The query for a range: whole epoch seconds, both included. */
export function secondsOf({ from, to }: Range) {
  return { start_timestamp: Math.ceil(from / 1000), end_timestamp: Math.floor(to / 1000) };
}

/**
 * Reads all pages of a range's log, newest first, and passes each row to `onRow` once, however many rows are
 * written meanwhile. Rows outside of the range are dropped, in case the gateway ignores it.
 * @throws GatewayError where the first page cannot be read, or counted rows never come.
 */
export async function streamLog(
  context: GatewayContext,
  range: Range,
  onRow: (row: SpendRow) => void,
  progress: Progress,
): Promise<LogStreamResult> {
  return new LogPagination(context, range, onRow, progress).readAll();
}

/** The pagination of one log. */
class LogPagination {
  readonly #context: GatewayContext;
  readonly #range: Range;
  readonly #onRow: (row: SpendRow) => void;
  readonly #progress: Progress;
  readonly #seenPages = new Set<string>();
  #lastPage: readonly SpendRow[] = [];
  #lastFingerprint = '';
  #shiftedPages = 0;
  /** Distinct rows so far, readable or not. */
  #rowsSent = 0;
  #unreadable = 0;
  #unreadableAt: SecondSpan[] | undefined = [];
  #oldest: number | undefined;
  #firstTotal: number | undefined;
  #total: number | undefined;
  /** Whether rows came or went in a way that cannot be resolved. */
  #hasChanged = false;
  /** Whether the gateway's total is that of the page, not of the log. */
  #countsOnlyPage = false;

  constructor(context: GatewayContext, range: Range, take: (row: SpendRow) => void, progress: Progress) {
    this.#context = context;
    this.#range = range;
    this.#onRow = take;
    this.#progress = progress;
  }

  async readAll(): Promise<LogStreamResult> {
    const probe = await this.#requestPage(1);
    // Bare arrays count from 0, so this was the second page.
    const offset = probe.isBare ? -1 : 0;
    for (let number = 1; ; number++) {
      const page = number === 1 && !probe.isBare ? probe : await this.#tryPage(number, offset);
      if (!page) return this.#result('broke-off');
      const end = this.#addPage(page);
      if (end === 'whole') return this.#result(await this.#readNewRows(offset));
      if (end) return this.#result(end);
    }
  }

  #addPage({
    rows: rawRows,
    total: reportedTotal,
    size,
    isBare,
  }: AccountLogPage): LogStreamResult['end'] | undefined {
    const rows = parseSpendRows(rawRows);
    if (
      this.#rowsSent > 0 &&
      rawRows.length > 0 &&
      reportedTotal !== undefined &&
      reportedTotal <= rawRows.length
    )
      this.#ignoreTotal();
    const total = this.#countsOnlyPage ? undefined : reportedTotal;
    const grownBy = this.#growthSince(total);
    const fingerprint = fingerprintOf(rows);
    const shifted = findShiftedRows(this.#lastPage, rows, grownBy);
    const isShiftedPage =
      rows.length > 0 && fingerprint === this.#lastFingerprint && grownBy >= rawRows.length;
    if (rawRows.length > 0 && this.#seenPages.has(fingerprint) && !isShiftedPage) return 'endless';
    this.#shiftedPages = isShiftedPage ? this.#shiftedPages + 1 : 0;
    if (this.#shiftedPages > MAX_SHIFTED_PAGES) return 'endless';
    if (shifted.size < Math.min(grownBy, rows.length) && this.#rowsSent > 0) this.#hasChanged = true;
    this.#seenPages.add(fingerprint);
    this.#lastPage = rows;
    this.#lastFingerprint = fingerprint;
    for (const row of rows) if (!shifted.has(row)) this.#addRow(row);
    if (rows.length < rawRows.length) this.#addUnreadable(rawRows);
    this.#rowsSent += rawRows.length - shifted.size;
    this.#progress(this.#rowsSent, this.#total);
    return this.#endAfterPage(rawRows.length, isBare, size);
  }

  /** More rows came than were counted: the total is that of a page, and only an empty page is the end. */
  #ignoreTotal(): void {
    this.#countsOnlyPage = true;
    this.#total = undefined;
    this.#firstTotal = undefined;
  }

  #endAfterPage(sent: number, isBare: boolean, size: number | undefined): LogStreamResult['end'] | undefined {
    const total = this.#total;
    // Without a total only an empty page is the end: pages may be smaller than requested.
    if (total === undefined) return sent === 0 ? 'whole' : undefined;
    const newRows = Math.max(0, total - (this.#firstTotal ?? total));
    const isFull = sent >= (size ?? MIN_FULL_PAGE) && sent % MIN_FULL_PAGE === 0;
    const mayHaveMore =
      !isBare && ((mayBeCountLimit(total) && sent >= PAGE_SIZE) || (isFull && total <= sent));
    if (this.#rowsSent + newRows >= total && !mayHaveMore) return 'whole';
    if (sent > 0) return undefined;
    // Rows that were counted and never sent are not rows without spend.
    if (this.#rowsSent === 0) throw failed('unexpected', 'missing-figures');
    return this.#hasChanged ? 'changed' : 'broke-off';
  }

  /** The growth of the total since the page before. */
  #growthSince(total: number | undefined): number {
    const grownBy = total === undefined ? 0 : total - (this.#total ?? total);
    this.#firstTotal ??= total;
    this.#total = total ?? this.#total;
    if (grownBy >= 0) return grownBy;
    // Deleted rows move others to pages that were read already.
    this.#hasChanged = true;
    return 0;
  }

  /** Reads the rows that were written since the first page, if they are in the range. */
  async #readNewRows(offset: number): Promise<LogStreamResult['end']> {
    if (this.#hasChanged) return 'changed';
    if (this.#total === this.#firstTotal) return 'whole';
    const page = await this.#tryPage(1, offset);
    const newRows = (page?.total ?? Number.POSITIVE_INFINITY) - (this.#firstTotal ?? 0);
    if (!page || newRows < 0 || newRows > page.rows.length) return 'changed';
    const top = page.rows.slice(0, newRows);
    const rows = parseSpendRows(top);
    for (const row of rows) this.#addRow(row);
    if (rows.length < top.length) this.#addUnreadable(top);
    return 'whole';
  }

  #addRow(row: SpendRow): void {
    const at = row.created_at * 1000;
    const { start_timestamp, end_timestamp } = secondsOf(this.#range);
    if (row.created_at < start_timestamp || row.created_at > end_timestamp) return;
    this.#onRow(row);
    this.#oldest = Math.min(this.#oldest ?? at, at);
  }

  #addUnreadable(wire: readonly unknown[]): void {
    for (const each of wire) {
      if (parseSpendRow(each)) continue;
      const second = secondOfRow(each);
      this.#unreadable++;
      if (second === undefined) this.#unreadableAt = undefined;
      else this.#unreadableAt?.push({ from: second, to: second + 1 });
    }
  }

  #result(end: LogStreamResult['end']): LogStreamResult {
    return {
      end,
      hasChanged: this.#hasChanged,
      oldest: this.#oldest,
      unreadable: this.#unreadable,
      unreadableAt: this.#unreadableAt,
    };
  }

  /** A page, or undefined on a failure after the first one: what was read is kept. */
  async #tryPage(number: number, offset: number): Promise<AccountLogPage | undefined> {
    try {
      return await this.#requestPage(number + offset);
    } catch (error) {
      if (this.#rowsSent > 0 && error instanceof GatewayError) return undefined;
      throw error;
    }
  }

  #requestPage(p: number): Promise<AccountLogPage> {
    return requestLogPage(this.#context, { p, page_size: PAGE_SIZE, ...secondsOf(this.#range) });
  }
}

/**
 * A short hash: a long log has thousands of pages. Numbers are hashed, because texts would create millions of
 * strings.
 */
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
