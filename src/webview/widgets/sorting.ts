/** A cell's worth for sorting; undefined sorts last in either direction. */
export type SortValue = string | number | undefined;

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows in an order. Equal rows keep the order they had. */
export function sorted<Row>(
  rows: readonly Row[],
  worth: (row: Row) => SortValue,
  descending: boolean,
): readonly Row[] {
  const sign = descending ? -1 : 1;
  return rows
    .map(row => ({ row, value: worth(row) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined) {
        return Number(a.value === undefined) - Number(b.value === undefined);
      }
      return sign * compared(a.value, b.value);
    })
    .map(({ row }) => row);
}

/** Pressing a column's head turns its own order round, and begins another column with its useful end. */
export function nextOrder(now: SortOrder | undefined, column: string, isNumber: boolean): SortOrder {
  return now?.column === column ? { column, descending: !now.descending } : { column, descending: isNumber };
}

const collator = new Intl.Collator(undefined, { numeric: true });

function compared(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
