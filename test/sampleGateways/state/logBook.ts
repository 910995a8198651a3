import type { LogRow } from './logRow.ts';

/** Which rows a caller wants; absent members do not restrict. Times are epoch seconds, inclusive. */
export interface LogFilter {
  account?: string;
  key?: string;
  type?: number;
  tokenName?: (handle: string | undefined) => boolean;
  model?: (model: string) => boolean;
  group?: string;
  requestId?: string;
  from?: number;
  to?: number;
}

/** The gateway's log. */
export class LogBook {
  readonly #rows: LogRow[] = [];
  #sorted = true;
  // Paging asks for the same selection again and again; filtering a million rows for each page would take hours.
  #last: { name: string; size: number; rows: LogRow[] } | undefined;

  get size(): number {
    return this.#rows.length;
  }

  append(row: Omit<LogRow, 'id' | 'requestId'>): LogRow {
    const id = this.#rows.length + 1;
    const full = { ...row, id, requestId: `${row.at}${String(id).padStart(8, '0')}` };
    const newest = this.#rows.at(-1);
    if (newest && newest.at > row.at) this.#sorted = false;
    this.#rows.push(full);
    return full;
  }

  /** Deletes the newest rows, as an operator does who clears a log. */
  drop(rows: number): void {
    this.#rows.length -= rows;
    this.#last = undefined;
  }

  /** The rows that match, newest first. `name` identifies the filter, so that pages of one query share the work. */
  select(filter: LogFilter, name?: string): LogRow[] {
    if (name !== undefined && this.#last?.name === name && this.#last.size === this.size)
      return this.#last.rows;
    if (!this.#sorted) {
      this.#rows.sort((a, b) => a.at - b.at || a.id - b.id);
      this.#sorted = true;
    }
    const rows = this.#rows.filter(row => matches(row, filter)).reverse();
    if (name !== undefined) this.#last = { name, size: this.size, rows };
    return rows;
  }
}

function matches(row: LogRow, filter: LogFilter): boolean {
  return (
    (filter.account === undefined || row.account === filter.account) &&
    (filter.key === undefined || row.key === filter.key) &&
    (filter.type === undefined || row.type === filter.type) &&
    (filter.from === undefined || row.at >= filter.from) &&
    (filter.to === undefined || row.at <= filter.to) &&
    (filter.group === undefined || row.group === filter.group) &&
    (filter.requestId === undefined || row.requestId === filter.requestId) &&
    (filter.model === undefined || filter.model(row.model)) &&
    (filter.tokenName === undefined || filter.tokenName(row.key))
  );
}
