import type { Unit } from '../quota/unit.ts';
import type { LogFilter, LogFilterName, LogPage, LogRow } from './logRow.ts';

/** Why the pagination ended. */
export type LogEnd =
  /** All rows were read. */
  | 'whole'
  /** The gateway counts more rows than it sends. */
  | 'cut-short'
  /** The gateway's pages repeat. */
  | 'repeats'
  /** The limit of rows was reached: a narrower filter helps. */
  | 'too-many';

const PAGE_SIZE = 100;
const MAX_ROWS = 20_000;

/**
 * Collects the pages of a log, one at a time, and removes duplicates. It is the cursor too: `nextFilter` asks
 * for the next page.
 */
export class LogPager {
  readonly #filter: Omit<LogFilter, 'page' | 'pageSize'>;
  readonly #seenRequestIds = new Set<string>();
  readonly #rows: LogRow[] = [];
  #page = 1;
  #lastPage = '';
  #end: LogEnd | undefined;
  #unit: Unit | undefined;
  #total: number | undefined;
  #isTotalLeast = false;
  #unreadable = 0;
  #rowsSent = 0;
  readonly #appliedHere = new Set<LogFilterName>();
  readonly #notApplied = new Set<LogFilterName>();
  #summary: LogPage['summary'];

  constructor(filter: Omit<LogFilter, 'page' | 'pageSize'>) {
    this.#filter = filter;
  }

  get rows(): readonly LogRow[] {
    return this.#rows;
  }

  /** undefined while there may be more. */
  get end(): LogEnd | undefined {
    return this.#end;
  }

  get unit(): Unit | undefined {
    return this.#unit;
  }

  /** Rows in all pages, where the gateway counts them. */
  get total(): number | undefined {
    return this.#total;
  }

  /** Whether `total` is a lower bound. */
  get isTotalLeast(): boolean {
    return this.#isTotalLeast;
  }

  /** Rows so far that could not be read. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** Parts of the filter that the gateway ignored, and that were applied to its rows here. */
  get appliedHere(): readonly LogFilterName[] {
    return [...this.#appliedHere];
  }

  /** Parts of the filter that could not be applied. */
  get notApplied(): readonly LogFilterName[] {
    return [...this.#notApplied];
  }

  get summary(): LogPage['summary'] {
    return this.#summary;
  }

  /** The filter for the page that is wanted next. */
  get nextFilter(): LogFilter {
    return { ...this.#filter, page: this.#page, pageSize: PAGE_SIZE };
  }

  /** Adds the page that `nextFilter` asked for. Returns the rows that are new. */
  addPage(page: LogPage): readonly LogRow[] {
    const { rows, more, total, unit, summary, sent = rows.length } = page;
    this.#unit = unit;
    for (const name of page.appliedHere ?? []) this.#appliedHere.add(name);
    for (const name of page.notApplied ?? []) this.#notApplied.add(name);
    const isFiltered = this.#appliedHere.size === 0 && this.#notApplied.size === 0;
    // Where the gateway ignores a part of the filter, its total and summary count other rows too.
    this.#total = isFiltered ? total : undefined;
    this.#isTotalLeast = isFiltered && page.isTotalLeast === true;
    this.#summary = isFiltered ? (this.#summary ?? summary) : undefined;
    this.#unreadable += page.unreadable ?? 0;
    this.#rowsSent += sent;
    const newRows = this.#withoutDuplicates(rows);
    this.#rows.push(...newRows);
    this.#page += 1;
    if (!more) this.#end = 'whole';
    else if (sent === 0) this.#end = this.#isTotalLeast ? 'whole' : 'cut-short';
    else if (rows.length > 0 && newRows.length === 0) this.#end = 'repeats';
    else if (this.#rowsSent >= MAX_ROWS) this.#end = 'too-many';
    if (this.#end === 'whole') this.#isTotalLeast = false;
    return newRows;
  }

  /**
   * Rows appear twice when new ones push them onto the next page. Those without an id are compared as a whole
   * page.
   */
  #withoutDuplicates(rows: readonly LogRow[]): readonly LogRow[] {
    // No row of the page passed the filter.
    if (rows.length === 0) return [];
    const page = JSON.stringify(rows);
    if (page === this.#lastPage) return [];
    this.#lastPage = page;
    const newRows = rows.filter(
      ({ requestId }) => requestId === undefined || !this.#seenRequestIds.has(requestId),
    );
    for (const { requestId } of newRows) if (requestId !== undefined) this.#seenRequestIds.add(requestId);
    return newRows;
  }
}
