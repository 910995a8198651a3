import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyMemory } from '../../core/quota/keyMemory.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { credentialSpecOf, type KnownOfKey } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { knownOfSite } from './knownSites.ts';

/** Whether a reading that is to be saved may not be the key's own, by what is known of its site meanwhile. */
export function isMistaken(
  store: Store,
  { kind, credential, baseUrl }: Pick<KeyRecord, 'kind' | 'credential' | 'baseUrl'>,
  { reading, memory }: { readonly reading?: Reading; readonly memory?: KeyMemory },
  now: number,
): boolean {
  const gateway = gatewayOf(kind);
  const rule = gateway && credentialSpecOf(gateway, credential)?.mistakenOf;
  return reading !== undefined && rule?.(knownOfSite(store, baseUrl, now), { reading, memory }) !== undefined;
}

/**
 * Withdraws the readings at a site that may not be the keys' own by what is known of it now, with all that was made from
 * them. Such a key is due at once. Called inside the transaction that saves what is known. Returns the keys' ids.
 */
export function withdrawMistakenReadings(
  store: Store,
  gateway: Gateway,
  baseUrl: string,
  now: number,
): readonly string[] {
  if (gateway.credentials.every(({ mistakenOf }) => mistakenOf === undefined)) return [];
  const known = knownOfSite(store, baseUrl, now);
  return store.keys.keysOfSite(gateway.kind, baseUrl).flatMap(({ id, credential }) => {
    const state = store.states.stateOf(id);
    const mistaken = isRead(state) && credentialSpecOf(gateway, credential)?.mistakenOf?.(known, state);
    if (!state || !mistaken) return [];
    store.states.saveState(withoutReading(state, now));
    if (mistaken === 'all') store.history.eraseCurrentSeries(id);
    for (const name of store.fired.firedOf(id).keys()) store.fired.removeFired(id, name);
    return [id];
  });
}

function isRead(state: CheckState | undefined): state is CheckState & KnownOfKey {
  return state?.reading !== undefined;
}

/** The state of a key as if it had not been read. */
export function withoutReading(state: CheckState, now: number): CheckState {
  const { keyId, failure, failures, checkedAt } = state;
  // The remembered figures are dropped too, so that the next ones are not compared with them.
  return { keyId, failure, failures, checkedAt, dueAt: state.dueAt === undefined ? undefined : now };
}
