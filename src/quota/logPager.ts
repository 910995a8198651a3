import type { LogFilter, LogPage, LogRow } from './logRow.ts';
import type { Unit } from './unit.ts';

/** Why no more rows come. */
export type LogEnd =
  /** All rows of the filter are here. */
  | 'whole'
  /** The gateway counts more rows than it sends. */
  | 'cut-short'
  /** The gateway's pages repeat. */
  | 'repeats'
  /** More rows than anyone reads: a narrower filter finds better. */
  | 'too-many';

const PAGE_SIZE = 100;
const MAX_ROWS = 20_000;

/** Collects the pages of a log as they are wanted, however a gateway pages. */
export class LogPager {
  readonly #filter: Omit<LogFilter, 'page' | 'pageSize'>;
  readonly #seen = new Set<string>();
  readonly #rows: LogRow[] = [];
  #page = 1;
  #lastPage = '';
  #end: LogEnd | undefined;
  #unit: Unit | undefined;
  #total: number | undefined;
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

  get summary(): LogPage['summary'] {
    return this.#summary;
  }

  /** The filter for the page that is wanted next. */
  get next(): LogFilter {
    return { ...this.#filter, page: this.#page, pageSize: PAGE_SIZE };
  }

  /** Takes in the page that `next` asked for, and returns those of its rows that are new. */
  take({ rows, more, total, unit, summary }: LogPage): readonly LogRow[] {
    this.#unit = unit;
    this.#total = total;
    this.#summary ??= summary;
    const fresh = this.#freshOf(rows);
    this.#rows.push(...fresh);
    this.#page += 1;
    if (!more) this.#end = 'whole';
    else if (rows.length === 0) this.#end = 'cut-short';
    else if (fresh.length === 0) this.#end = 'repeats';
    else if (this.#rows.length >= MAX_ROWS) this.#end = 'too-many';
    return fresh;
  }

  /** Rows come twice when new ones push them onto the next page; those without an id only as a whole page. */
  #freshOf(rows: readonly LogRow[]): readonly LogRow[] {
    const page = JSON.stringify(rows);
    if (page === this.#lastPage) return [];
    this.#lastPage = page;
    const fresh = rows.filter(({ requestId }) => requestId === undefined || !this.#seen.has(requestId));
    for (const { requestId } of fresh) if (requestId !== undefined) this.#seen.add(requestId);
    return fresh;
  }
}
