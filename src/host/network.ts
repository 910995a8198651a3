import { networkInterfaces } from 'node:os';
import { isLoopback } from '../http/origin.ts';

/** Whether an origin can be reached at all now: a machine without a network reaches only itself. */
export function isReachable(origin: string): boolean {
  return isLoopback(new URL(origin).hostname) || hasNetwork();
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some(addresses => addresses?.some(({ internal }) => !internal));
}
