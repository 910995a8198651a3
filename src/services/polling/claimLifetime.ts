import { SECOND_MS } from '../../core/time.ts';
import type { Claim } from '../requests/claim.ts';
import type { MonitorParts } from './monitorParts.ts';

type ClaimParts = Pick<MonitorParts, 'store' | 'clock' | 'settings' | 'log'>;

/** How long a claim outlives the timeout of its call. */
export const CLAIM_MARGIN_MS = 5 * SECOND_MS;
/** A claim with less time left is prolonged before the next call. */
const MIN_MARGIN_MS = 3 * SECOND_MS;

/** How long a claim lasts, in milliseconds: it covers one call; a check of several calls prolongs it before each. */
export function claimMs({ settings }: Pick<ClaimParts, 'settings'>): number {
  return settings().timeoutMs + CLAIM_MARGIN_MS;
}

/** Whether a claim still stands; if so, it is prolonged for another call where needed. */
export function prolongClaim(parts: ClaimParts, { key, token, endsAt }: Claim): boolean {
  const { store, clock, settings } = parts;
  const now = clock.now();
  const isFresh = endsAt >= now + settings().timeoutMs + MIN_MARGIN_MS;
  if (isFresh) return store.claims.isHeldBy(key.id, token, now);
  return store.transaction(() => store.claims.prolongClaim(key.id, token, now, now + claimMs(parts)));
}

/** Ends a claim early, and makes the key due at `dueAt`, epoch milliseconds. Where that fails, the claim ends by itself. */
export function releaseClaim(
  { store, log }: ClaimParts,
  { key, token }: Claim,
  dueAt: number | undefined,
): void {
  try {
    store.transaction(() => {
      store.claims.releaseClaim(key.id, token);
      if (dueAt !== undefined) store.states.setDue(key.id, dueAt);
    });
  } catch (error) {
    log.warn(`The claim on “${key.label}” could not be given back: ${String(error)}`);
  }
}
