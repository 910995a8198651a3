import type { SpendRow } from './spendRows.ts';

/**
 * Finds the rows of a page that were on the page before: rows written meanwhile shift others on. Rows with a
 * stable id are compared by it, all others by their members, and by how much the log has grown.
 */
export function findShiftedRows(
  before: readonly SpendRow[],
  page: readonly SpendRow[],
  grownBy: number,
): ReadonlySet<SpendRow> {
  const shifted = new Set<SpendRow>();
  if (before.length === 0 || page.length === 0) return shifted;
  const stableIds = hasStableIds(before);
  const rowCounts = new Map<string, number>();
  for (const row of before) {
    const name = rowIdentity(row, stableIds);
    rowCounts.set(name, (rowCounts.get(name) ?? 0) + 1);
  }
  let unmatchedGrowth = grownBy;
  for (const row of page) {
    const name = rowIdentity(row, stableIds);
    const count = rowCounts.get(name) ?? 0;
    // Without an id, equal rows may be two requests.
    if (count === 0 || (!row.request_id && !stableIds && unmatchedGrowth <= 0)) continue;
    rowCounts.set(name, count - 1);
    unmatchedGrowth--;
    shifted.add(row);
  }
  return shifted;
}

/**
 * Whether `id` is stable and descending, newest first. From New API 0.10.9 on it is a display index, and in
 * One API always 0.
 */
function hasStableIds(rows: readonly SpendRow[]): boolean {
  return (
    rows.length > 1 && rows.every(({ id }, index) => index === 0 || (id ?? 0) < (rows[index - 1]?.id ?? 0))
  );
}

/** The identity of a row. A request may have several rows, such as a refund. */
function rowIdentity(row: SpendRow, ownIds: boolean): string {
  return JSON.stringify([
    ownIds ? row.id : undefined,
    row.request_id,
    row.created_at,
    row.type,
    row.token_name,
    row.model_name,
    row.quota,
    row.prompt_tokens,
    row.completion_tokens,
  ]);
}
