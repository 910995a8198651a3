import type { KeyState } from '../core/quota/keyState.ts';

/** A reading without what the gateway calls the keys of its account, which may be the digests of these keys. */
export function withoutDigests(reading: KeyState['reading']): KeyState['reading'] {
  if (!reading?.accountKeys) return reading;
  return { ...reading, accountKeys: reading.accountKeys.map(({ id: _id, ...key }) => key) };
}
