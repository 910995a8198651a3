import type { Failure } from './failure.ts';
import { headroomOf, shareLeft } from './headroom.ts';
import type { Reading } from './reading.ts';
import type { UnitCode } from './unit.ts';

/** What a person should conclude about a key. */
export type Status = 'ok' | 'low' | 'exhausted' | 'expired' | 'disabled' | 'invalid' | 'stale' | 'unknown';

/** When a remaining amount counts as low. */
export interface LowRule {
  /** Per cent of the granted total. */
  readonly percent: number;
  /** Amounts per unit, for keys without a granted total. */
  readonly amounts: Partial<Record<UnitCode, number>>;
}

export interface StatusInput {
  readonly reading?: Reading;
  readonly failure?: Failure;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly low: LowRule;
  /** A reading older than this no longer speaks for the present. */
  readonly staleAfterMs: number;
}

/** The status of a key, worst first: what makes it unusable outranks what makes a figure doubtful. */
export function statusOf({ reading, failure, now, low, staleAfterMs }: StatusInput): Status {
  switch (failure?.class) {
    case 'bad-key':
      return 'invalid';
    case 'disabled':
      return 'disabled';
    case 'exhausted':
      return 'exhausted';
    case 'expired':
      return 'expired';
  }
  if (!reading) return 'unknown';
  if (isPast(reading.expiresAt, now) || isPast(reading.plan?.expiresAt, now)) return 'expired';
  const headroom = headroomOf(reading);
  if (headroom.remaining !== undefined && headroom.remaining <= 0) return 'exhausted';
  if (now - Date.parse(reading.takenAt) > staleAfterMs) return 'stale';
  return isLow(reading, low) ? 'low' : 'ok';
}

function isPast(time: string | null | undefined, now: number): boolean {
  return typeof time === 'string' && Date.parse(time) <= now;
}

function isLow(reading: Reading, low: LowRule): boolean {
  const headroom = headroomOf(reading);
  if (headroom.remaining === undefined) return false;
  const share = shareLeft(headroom);
  if (share !== undefined) return share * 100 <= low.percent;
  const amount = low.amounts[reading.unit.code];
  return amount !== undefined && headroom.remaining <= amount;
}
