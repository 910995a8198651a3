import type { AccountKey, Reading } from '../core/quota/reading.ts';

/** So many keys of an account are read and kept; whatever its gateway sends. */
export const MAX_ACCOUNT_KEYS = 8000;

/** The keys of a list that comes in one answer. What cannot be read, or is too much, is counted as missing. */
export function parseAccountKeys(
  rows: readonly unknown[],
  parseRow: (row: unknown) => readonly AccountKey[],
): Pick<Reading, 'accountKeys' | 'accountKeysMissing'> {
  const accountKeys = rows.slice(0, MAX_ACCOUNT_KEYS).flatMap(parseRow);
  if (accountKeys.length === rows.length) return { accountKeys };
  const accountKeysMissing = { total: rows.length };
  return accountKeys.length === 0 ? { accountKeysMissing } : { accountKeys, accountKeysMissing };
}
