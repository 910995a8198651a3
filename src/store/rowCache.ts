type Row = Readonly<Record<string, unknown>>;

/**
 * Makes a value of a row once, and gives the same one back for as long as the row stays the same: what is
 * read again every second is neither parsed again nor taken for new.
 */
export class RowCache<T> {
  readonly #make: (row: Row) => T;
  readonly #made = new Map<unknown, { readonly row: Row; readonly value: T }>();

  constructor(make: (row: Row) => T) {
    this.#make = make;
  }

  stateOf(id: unknown, row: Row): T {
    const known = this.#made.get(id);
    if (known && isSame(known.row, row)) return known.value;
    const value = this.#make(row);
    this.#made.set(id, { row, value });
    return value;
  }
}

function isSame(a: Row, b: Row): boolean {
  for (const name in b) if (a[name] !== b[name]) return false;
  return true;
}
