import { DECISIVE_FOR_MS } from './decisiveLimiter.ts';
import type { GatewayContext } from './gatewayContext.ts';

/** Notes that a refused call to a limiter would have been decisive. */
export function noteDecisive({ note, now }: GatewayContext, limiter: string): void {
  note?.({ decisive: { limiter, until: now() + DECISIVE_FOR_MS } });
}

/** Notes that such a call was answered. */
export function noteDecided({ notes, note }: GatewayContext): void {
  if (notes?.().decisive) note?.({ decisive: undefined });
}
