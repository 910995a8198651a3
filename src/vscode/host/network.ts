import { networkInterfaces } from 'node:os';
import { isLoopback } from '../../core/input/privateHost.ts';
import { SECOND_MS } from '../../core/time.ts';

/** For so long an answer holds: a round asks for each of a thousand keys, and each time the system is asked all over. */
const HOLDS_MS = SECOND_MS;

let known: { readonly at: number; readonly has: boolean } | undefined;

/** Whether an origin can be reached at all now: a machine without a network reaches only itself. */
export function isReachable(origin: string): boolean {
  return isLoopback(new URL(origin).hostname) || hasNetwork();
}

function hasNetwork(): boolean {
  // Of a clock that never goes back.
  const now = performance.now();
  if (!known || now - known.at >= HOLDS_MS) known = { at: now, has: lookForNetwork() };
  return known.has;
}

function lookForNetwork(): boolean {
  return Object.values(networkInterfaces()).some(addresses => addresses?.some(({ internal }) => !internal));
}
