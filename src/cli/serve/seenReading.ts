import type { KeyState } from '../../core/quota/keyState.ts';

type SeenReading = KeyState['reading'];

/** A reading with those keys of its account alone whose names may be seen; the others are counted, unless all are. */
export function seenReading(reading: SeenReading, isSeen: (name: string) => boolean): SeenReading {
  if (!reading?.accountKeys) return reading;
  const { accountKeys: all, accountKeysMissing, ...rest } = reading;
  const accountKeys = all.filter(({ name }) => isSeen(name));
  if (accountKeys.length === all.length) return reading;
  // Without any, the account stands there as one that lists nothing.
  if (accountKeys.length === 0) return rest;
  const total = accountKeysMissing ? accountKeysMissing.total : all.length;
  return { ...rest, accountKeys, accountKeysMissing: total === undefined ? {} : { total } };
}
