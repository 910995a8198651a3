import type { KeyState } from '../../core/quota/keyState.ts';

type SeenReading = KeyState['reading'];

/**
 * A reading with only those keys of its account whose names may be seen; the number of all keys says how many are left
 * out.
 */
export function seenReading(reading: SeenReading, isSeen: (name: string) => boolean): SeenReading {
  if (!reading?.accountKeys) return reading;
  const { accountKeys: all, accountKeysMissing, ...rest } = reading;
  const accountKeys = all.filter(({ name }) => isSeen(name));
  if (accountKeys.length === all.length) return reading;
  // Without any such key, the account looks as if it listed none.
  if (accountKeys.length === 0) return rest;
  const total = accountKeysMissing ? accountKeysMissing.total : all.length;
  return { ...rest, accountKeys, accountKeysMissing: total === undefined ? {} : { total } };
}
