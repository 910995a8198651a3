import { hasCome } from '../horizon.ts';
import type { KeyState } from './keyState.ts';
import type { Reading } from './reading.ts';

/** The end of what a reading is about. */
export interface End {
  /** What ends: the key itself, or the plan behind it. */
  readonly what: 'key' | 'plan';
  /** ISO 8601, as the gateway says. */
  readonly expiresAt: string;
  /** When that is by the clock of this computer, epoch milliseconds. */
  readonly at: number;
}

/** When a key ends: by its own end or its plan's, whichever comes first. Undefined: never, or not known. */
export function endOf(reading: Reading | undefined): End | undefined {
  if (!reading) return undefined;
  const own = endAt('key', reading.expiresAt, reading);
  const plan = endAt('plan', reading.plan?.expiresAt, reading);
  return own && plan ? (plan.at < own.at ? plan : own) : (own ?? plan);
}

function endAt(what: End['what'], time: string | null | undefined, reading: Reading): End | undefined {
  return typeof time === 'string' ? { what, expiresAt: time, at: ownTime(time, reading) } : undefined;
}

/**
 * Whether a key's end has passed by this computer's clock alone: nobody asked since long before it, so that the clock
 * may be wrong.
 */
export function mayHaveEnded(
  { status, reading }: Pick<KeyState, 'status' | 'reading'>,
  now: number,
): boolean {
  const end = endOf(reading);
  return status === 'stale' && end !== undefined && hasCome(end.at, now);
}

/** A time that a gateway named, by the clock of this computer, which may be ahead of the gateway's or behind. */
export function ownTime(time: string, { clockAheadMs = 0 }: Pick<Reading, 'clockAheadMs'>): number {
  return Date.parse(time) + clockAheadMs;
}
