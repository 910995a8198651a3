import { isPast } from '../nextChange.ts';
import { WEEK_MS } from '../time.ts';
import { isPaused } from './failure.ts';
import { staleAt } from './freshness.ts';
import type { KeyState } from './keyState.ts';
import type { Reading } from './reading.ts';

/** A key that ends within this time is pointed out even while it is ok. */
const EXPIRY_NOTICE_MS = WEEK_MS;

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
  return typeof time === 'string' ? { what, expiresAt: time, at: localTime(time, reading) } : undefined;
}

/**
 * Where a key stands towards its end:
 * - `ahead`: the end is to come, or none is known;
 * - `over`: the gateway calls the key expired, or its end has come;
 * - `doubtful`: the end has come and only the gateway can tell whether the key has ended. Either nobody had asked since
 *   long before, so that the clock may have leapt; or it is a plan's end, with money beside the plan that may pay on.
 */
export type EndPhase = 'ahead' | 'over' | 'doubtful';

/** What an end is judged by. Times in epoch milliseconds. */
export interface EndInput {
  readonly reading?: Reading;
  readonly failure?: { readonly class: string };
  /** When the gateway was last asked, whatever came of it. */
  readonly checkedAt?: number;
  /** See `staleAfter`. */
  readonly staleAfterMs: number;
}

/** Judges the end of a key from all that is known about it. Its status follows, and from that `endPhaseOf`. */
export function endPhase({ reading, failure, checkedAt = 0, staleAfterMs }: EndInput, now: number): EndPhase {
  if (failure?.class === 'expired') return 'over';
  const end = endOf(reading);
  if (!reading || !end || !isPast(end.at, now)) return 'ahead';
  const askedAt = Math.max(Date.parse(reading.takenAt), checkedAt);
  return staleAt(askedAt, staleAfterMs) <= end.at || mayContinueAfter(end, reading, now)
    ? 'doubtful'
    : 'over';
}

/** A key whose status was concluded already. */
interface ConcludedKey extends Pick<KeyState, 'status' | 'reading'> {
  readonly failure?: { readonly class: string };
}

/** The end phase of a key whose status was concluded from it; for views and warnings. */
export function endPhaseOf(state: ConcludedKey, now: number): EndPhase {
  return phaseOf(endOf(state.reading), state, now);
}

function phaseOf(end: End | undefined, { status, failure }: ConcludedKey, now: number): EndPhase {
  // For a paused key, only the status still has the gateway's word: its failure is the pause.
  if (failure?.class === 'expired' || (isPaused({ failure }) && status === 'expired')) return 'over';
  if (!end || !isPast(end.at, now)) return 'ahead';
  return status === 'stale' ? 'doubtful' : 'over';
}

/** Whether a key has days left at most: its end is to come, and soon. */
export function isExpiring(state: ConcludedKey, now: number): boolean {
  const end = endOf(state.reading);
  return end !== undefined && phaseOf(end, state, now) === 'ahead' && isPast(end.at - EXPIRY_NOTICE_MS, now);
}

/** Milliseconds until a key ends; undefined where it never does, has ended already, or nobody knows. */
export function timeLeft(state: ConcludedKey, now: number): number | undefined {
  const end = endOf(state.reading);
  return end && phaseOf(end, state, now) === 'ahead' ? end.at - now : undefined;
}

/**
 * Whether a key may still work after its plan has ended: the gateway has not been asked since, the key's own end has not
 * come, and the wallet had money besides the plan.
 */
function mayContinueAfter({ what, at }: End, reading: Reading, now: number): boolean {
  const isUntold = what === 'plan' && Date.parse(reading.takenAt) < at;
  if (!isUntold || (reading.account?.balance ?? 0) <= 0) return false;
  const own = endAt('key', reading.expiresAt, reading);
  return !own || !isPast(own.at, now);
}

/** A time that a gateway named, by the clock of this computer, which may be ahead of the gateway's or behind. */
export function localTime(time: string, { clockAheadMs = 0 }: Pick<Reading, 'clockAheadMs'>): number {
  return Date.parse(time) + clockAheadMs;
}
