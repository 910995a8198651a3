import type { AccountKey, Reading } from '../core/quota/reading.ts';

/** The most keys of an account that are kept. */
export const MAX_ACCOUNT_KEYS = 8000;

/**
 * Parses a list of keys that comes in one answer. `parseRow` returns nothing for a row that cannot be read;
 * those, and rows above the limit, are counted in `accountKeysMissing.total`, which is the number of all
 * rows.
 */
export function parseAccountKeys(
  rows: readonly unknown[],
  parseRow: (row: unknown) => readonly AccountKey[],
): Pick<Reading, 'accountKeys' | 'accountKeysMissing'> {
  const accountKeys = rows.slice(0, MAX_ACCOUNT_KEYS).flatMap(parseRow);
  if (accountKeys.length === rows.length) return { accountKeys };
  const accountKeysMissing = { total: rows.length };
  return accountKeys.length === 0 ? { accountKeysMissing } : { accountKeys, accountKeysMissing };
}
