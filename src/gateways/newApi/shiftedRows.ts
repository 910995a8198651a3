import type { SpendRow } from './logs.ts';

/**
 * Which rows of a page were on the page before it already: rows that are written while somebody reads push others
 * on. Rows with an identity are known by it, all others by how many the log has grown by.
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
    // Two requests may well be alike in all that a row without an identity tells.
    if (count === 0 || (!row.request_id && !stableIds && unmatchedGrowth <= 0)) continue;
    rowCounts.set(name, count - 1);
    unmatchedGrowth--;
    shifted.add(row);
  }
  return shifted;
}

/**
 * Whether `id` is the row's own, by which rows are sorted, newest first: from New API 0.10.9 on it is the place in the
 * answer, and in One API it is always 0.
 */
function hasStableIds(rows: readonly SpendRow[]): boolean {
  return (
    rows.length > 1 && rows.every(({ id }, index) => index === 0 || (id ?? 0) < (rows[index - 1]?.id ?? 0))
  );
}

/** What a row is, as far as it tells. A request may have several rows, a refund or a failed try among them. */
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
