import type { GatewayKind } from '../sampleGateways/kinds.ts';
import type { StoredKey } from '../unit/support/storedKeys.ts';

/** A gateway, and the keys that are watched there. */
interface Place {
  readonly kind: GatewayKind;
  readonly keys: number;
  /** From one check of a key to the next: five minutes, or what ten calls in twenty minutes leave for each. */
  readonly minutes: number;
  readonly prefix?: string;
}

const times = (count: number, place: Place): Place[] => Array.from({ length: count }, () => place);

/** Fifty keys. */
export const PLACES: readonly Place[] = [
  ...times(9, { kind: 'newApi', keys: 2, minutes: 5 }),
  // More keys than the gateway would answer every five minutes: without our own limit it would refuse calls.
  { kind: 'newApi', keys: 7, minutes: 14 },
  ...times(3, { kind: 'cometApi', keys: 2, minutes: 5 }),
  ...times(2, { kind: 'aioHub', keys: 2, minutes: 5 }),
  { kind: 'cheapestInference', keys: 15, minutes: 5, prefix: 'sk_live_' },
];

/** The names of a place's keys. */
export function handlesAt(place: number): string[] {
  return Array.from({ length: PLACES[place]?.keys ?? 0 }, (_, index) => `key-${place}-${index}`);
}

/** A key, and its interval in minutes. */
export type WatchedKey = StoredKey & Pick<Place, 'minutes'>;

/** All keys, once the gateways are at these origins. */
export function watchedKeys(origins: readonly string[]): WatchedKey[] {
  return PLACES.flatMap(({ kind, prefix, minutes }, place) =>
    handlesAt(place).map(handle => ({
      id: handle,
      handle,
      origin: origins[place] ?? '',
      kind,
      prefix,
      minutes,
    })),
  );
}
