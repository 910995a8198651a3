import { MINUTE_MS } from '../time.ts';
import type { KeyState } from './keyState.ts';

/** A check may always come this late. */
const GRACE_MS = 15 * MINUTE_MS;
/** Intervals between two checks after which one is missing. */
const INTERVALS = 2.5;

/**
 * Whether a key's figures speak for the present: the last check brought them, and no check is missing since.
 * After a sleep, or a clock that leapt, they do not until the gateway was asked again.
 */
export function isCurrent({ reading, failure, ...key }: KeyState, now: number): boolean {
  return reading !== undefined && !failure && !isOverdue(key, now);
}

/** Whether a check should have come by now and has not. */
export function isOverdue(
  { checkedAt, nextCheckAt }: Pick<KeyState, 'checkedAt' | 'nextCheckAt'>,
  now: number,
): boolean {
  if (checkedAt === undefined) return true;
  const checked = Date.parse(checkedAt);
  const interval = nextCheckAt === undefined ? 0 : Date.parse(nextCheckAt) - checked;
  return now - checked > Math.max(GRACE_MS, interval * INTERVALS);
}
