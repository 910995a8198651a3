import { type EndInput, endPhase } from './ends.ts';
import type { Failure } from './failure.ts';
import { isStale } from './freshness.ts';
import { headroomOf } from './headroom.ts';
import { isAtOrBelow, isLow, isRefusedAsUsedUp, type LowRule, levelOf } from './low.ts';
import { readingAt, unknownSince } from './resets.ts';
import type { Status } from './statusName.ts';

/** What the status of a key is concluded from. */
export interface StatusInput extends EndInput {
  readonly failure?: Failure;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly low: LowRule;
}

/** The status of a key, worst first: what makes it unusable outranks what makes a figure doubtful. */
export function statusOf(input: StatusInput): Status {
  const { now, low, reading, failure, checkedAt, staleAfterMs } = input;
  if (failure?.class === 'bad-key') return 'invalid';
  if (failure?.class === 'disabled') return 'disabled';
  if (isRefusedAsUsedUp(failure, reading, checkedAt, now)) return 'exhausted';
  const phase = endPhase(input, now);
  if (phase === 'over') return 'expired';
  if (phase === 'doubtful') return 'stale';
  if (!reading) return 'unknown';
  // The refusal as used up was before its budget was reset.
  if (failure?.class === 'exhausted') return 'stale';
  const current = readingAt(reading, now);
  const { unlimited, remaining } = headroomOf(current);
  if (!unlimited && remaining === undefined && unknownSince(current, now) !== undefined) return 'stale';
  if (isAtOrBelow(levelOf(current), 0)) return 'exhausted';
  if (isStale(Date.parse(reading.takenAt), staleAfterMs, now)) return 'stale';
  return isLow(current, low) ? 'low' : 'ok';
}
