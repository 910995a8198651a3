import { networkInterfaces } from 'node:os';
import { isLoopback } from '../core/input/privateHost.ts';
import { SECOND_MS } from '../core/time.ts';

/** How long the result is cached: one round asks for each key. */
const CACHE_MS = SECOND_MS;

let cached: { readonly at: number; readonly has: boolean } | undefined;

/** Whether a base URL can be reached at all now: a machine without a network reaches only itself. */
export function isReachable(baseUrl: string): boolean {
  return isOnThisMachine(baseUrl) || hasNetwork();
}

/** Cached: it is asked for each key that is due, and there are no more base URLs than keys were added at. */
const onThisMachine = new Map<string, boolean>();

function isOnThisMachine(baseUrl: string): boolean {
  const known = onThisMachine.get(baseUrl) ?? isLoopback(new URL(baseUrl).hostname);
  onThisMachine.set(baseUrl, known);
  return known;
}

function hasNetwork(): boolean {
  // A monotonic clock.
  const now = performance.now();
  if (!cached || now - cached.at >= CACHE_MS) cached = { at: now, has: hasExternalAddress() };
  return cached.has;
}

function hasExternalAddress(): boolean {
  try {
    return Object.values(networkInterfaces()).some(addresses => addresses?.some(({ internal }) => !internal));
  } catch {
    // A sandbox may hide the interfaces; then a request will show whether there is a network.
    return true;
  }
}
