import { hasCome } from '../horizon.ts';
import { type End, endOf } from './ends.ts';
import type { Failure } from './failure.ts';
import { headroomOf, shareLeft } from './headroom.ts';
import type { Reading } from './reading.ts';
import { hasReset, resetAt } from './resets.ts';
import type { Status } from './statusName.ts';
import type { UnitCode } from './unit.ts';

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
  /** When the gateway was last asked, whatever came of it. Epoch milliseconds. */
  readonly checkedAt?: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly low: LowRule;
  /** A reading older than this no longer speaks for the present. */
  readonly staleAfterMs: number;
}

/** The status of a key, worst first: what makes it unusable outranks what makes a figure doubtful. */
export function statusOf({ reading, failure, checkedAt, now, low, staleAfterMs }: StatusInput): Status {
  switch (failure?.class) {
    case 'bad-key':
      return 'invalid';
    case 'disabled':
      return 'disabled';
    case 'exhausted':
      // What was used up before the budget began anew is not any more.
      return reading && hasResetSince(reading, checkedAt, now) ? 'stale' : 'exhausted';
    case 'expired':
      return 'expired';
  }
  if (!reading) return 'unknown';
  const end = endOf(reading);
  if (end && hasCome(end.at, now))
    return isSeen(end.at, reading, checkedAt, staleAfterMs) && !mayGoOn(end, reading) ? 'expired' : 'stale';
  const headroom = headroomOf(reading);
  if (headroom.from === 'budget' && !headroom.unlimited && hasReset(reading, now)) return 'stale';
  if (headroom.remaining !== undefined && headroom.remaining <= 0) return 'exhausted';
  if (hasCome(Date.parse(reading.takenAt) + staleAfterMs + 1, now)) return 'stale';
  return isLow(reading, low) ? 'low' : 'ok';
}

/**
 * Whether what ended may be a plan alone: nobody has told since what is with the key, and there was money beside the
 * plan that may pay on.
 */
function mayGoOn({ what, at }: End, { takenAt, account }: Reading): boolean {
  return what === 'plan' && Date.parse(takenAt) < at && (account?.balance ?? 0) > 0;
}

/**
 * Whether somebody was there when a moment came. Where nobody had asked for long it may be the clock that has leapt
 * and not the time, which only the gateway can tell.
 */
function isSeen(at: number, reading: Reading, checkedAt: number | undefined, staleAfterMs: number): boolean {
  return Math.max(Date.parse(reading.takenAt), checkedAt ?? 0) + staleAfterMs >= at;
}

function hasResetSince(reading: Reading, checkedAt: number | undefined, now: number): boolean {
  const at = resetAt(reading);
  return at !== undefined && checkedAt !== undefined && checkedAt < at && hasCome(at, now);
}

function isLow(reading: Reading, low: LowRule): boolean {
  const headroom = headroomOf(reading);
  if (headroom.remaining === undefined) return false;
  const share = shareLeft(headroom);
  if (share !== undefined) return share * 100 <= low.percent;
  const amount = low.amounts[reading.unit.code];
  return amount !== undefined && headroom.remaining <= amount;
}
