import { isStale } from './freshness.ts';
import type { KeyState } from './keyState.ts';

/** Whether a key's figures speak for the present: the last check brought them, and none is missing since. */
export function isCurrent(
  { reading, failure }: Pick<KeyState, 'reading' | 'failure'>,
  staleAfterMs: number,
  now: number,
): boolean {
  return reading !== undefined && !failure && !isStale(Date.parse(reading.takenAt), staleAfterMs, now);
}

/**
 * Whether a key is being asked, whatever comes of it. After a sleep, or a clock that leapt, it is not until the gateway
 * was asked again.
 */
export function isWatched(
  { checkedAt }: Pick<KeyState, 'checkedAt'>,
  staleAfterMs: number,
  now: number,
): boolean {
  return checkedAt !== undefined && !isStale(Date.parse(checkedAt), staleAfterMs, now);
}
