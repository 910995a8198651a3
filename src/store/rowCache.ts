type Row = Readonly<Record<string, unknown>>;

/**
 * Caches the value made from each row, and returns the same object as long as the row is the same: rows are read every
 * second, and must neither be parsed again nor count as changed.
 */
export class RowCache<T> {
  readonly #make: (row: Row) => T;
  readonly #made = new Map<unknown, { readonly row: Row; readonly value: T }>();

  constructor(make: (row: Row) => T) {
    this.#make = make;
  }

  cachedValue(id: unknown, row: Row): T {
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
