import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { HOUR_MS } from '../../core/time.ts';
import { credentialSpecOf } from '../../gateways/credentialSpec.ts';
import { gatewayOf } from '../../gateways/registry.ts';

/** How long the next check of a key that a person has changed counts as asked for by them. */
const MAX_FIRST_CHECK_WAIT_MS = HOUR_MS;

/**
 * Makes the next check of a key count as asked for by a person, so that it may use all calls that are left to people.
 * Called inside a transaction.
 */
export function checkFirst(
  { waiting }: Pick<Store, 'waiting'>,
  keyId: string,
  { kind, baseUrl, credential }: Pick<KeyRecord, 'kind' | 'baseUrl' | 'credential'>,
  now: number,
): void {
  const gateway = gatewayOf(kind);
  const limiter = gateway && credentialSpecOf(gateway, credential)?.readLimiter;
  if (!limiter) return;
  const call = { baseUrl, limiter, keyId, purpose: 'check' } as const;
  waiting.saveWaiting(call, now, now + MAX_FIRST_CHECK_WAIT_MS);
}
