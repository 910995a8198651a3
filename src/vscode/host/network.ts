import { networkInterfaces } from 'node:os';
import { isLoopback } from '../../core/input/privateHost.ts';
import { SECOND_MS } from '../../core/time.ts';

/** How long the result is cached: one round asks for each key. */
const CACHE_MS = SECOND_MS;

let cached: { readonly at: number; readonly has: boolean } | undefined;

/** Whether a base URL can be reached at all now: a machine without a network reaches only itself. */
export function isReachable(baseUrl: string): boolean {
  return isLoopback(new URL(baseUrl).hostname) || hasNetwork();
}

function hasNetwork(): boolean {
  // A monotonic clock.
  const now = performance.now();
  if (!cached || now - cached.at >= CACHE_MS) cached = { at: now, has: hasExternalAddress() };
  return cached.has;
}

function hasExternalAddress(): boolean {
  return Object.values(networkInterfaces()).some(addresses => addresses?.some(({ internal }) => !internal));
}
