import { failed } from '../../core/quota/failure.ts';
import type { Limiter } from '../../gateways/limiter.ts';
import { type OwnReserveOptions, reserveOwnCall } from './requestBudget.ts';
import type { RequestParts } from './requestParts.ts';

/**
 * Reserves a call. Waits while the database is locked.
 * @throws GatewayError of class `rate-limited` where there is no room for it.
 */
export async function reserveNow(
  parts: RequestParts,
  limiter: Limiter | undefined,
  baseUrl: string,
  name: string,
  options: Pick<OwnReserveOptions, 'beyondBudget' | 'sparing' | 'atMost' | 'attended' | 'begun' | 'waits'> = {
    attended: true,
  },
): Promise<void> {
  const { store, clock } = parts;
  if (!limiter) throw new Error(`No limiter ${name}`);
  const reserve = () => reserveOwnCall(parts, baseUrl, name, limiter, clock.now(), options);
  const freeAt = await store.retryWhileLocked(() => store.transaction(reserve));
  if (freeAt === undefined) return;
  const now = clock.now();
  // Our own budget may have no room for longer than the pause that the gateway asked for.
  const isGatewayPause = (store.requests.heldUntil(baseUrl, name) ?? 0) >= freeAt;
  throw failed('rate-limited', isGatewayPause ? 'too-many-requests' : 'own-budget', {
    retryAfterMs: freeAt - now,
    until: freeAt,
  });
}
