/** The value by which a cell is sorted; undefined comes last in either direction. */
export type SortValue = string | number | undefined;

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** Sorts rows. The sort is stable. */
export function sorted<Row>(
  rows: readonly Row[],
  sortValue: (row: Row) => SortValue,
  descending: boolean,
): readonly Row[] {
  const sign = descending ? -1 : 1;
  return rows
    .map(row => ({ row, value: sortValue(row) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined) {
        return Number(a.value === undefined) - Number(b.value === undefined);
      }
      return sign * compareValues(a.value, b.value);
    })
    .map(({ row }) => row);
}

/**
 * The order after a click on a column header: the same column is reversed; another begins with the highest number or
 * the first text.
 */
export function nextOrder(current: SortOrder | undefined, column: string, isNumber: boolean): SortOrder {
  return current?.column === column
    ? { column, descending: !current.descending }
    : { column, descending: isNumber };
}

const collator = new Intl.Collator(undefined, { numeric: true });

function compareValues(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
