import { DAY_MS, MINUTE_MS } from '../time.ts';

/**
 * How closely a key is followed. `close`: its figures moved lately, or a person, a threshold or a failure makes it matter;
 * `usual`: they have not moved for a while; `seldom`: they have stood still for days.
 */
export type PollPace = 'close' | 'usual' | 'seldom';

/** Figures that moved within this time are likely to move again. */
const MOVING_MS = 15 * MINUTE_MS;

const STILL_MS = 2 * DAY_MS;

export interface PaceInput {
  /** Since when the figures have been as they are; undefined while that is not known. Epoch milliseconds. */
  readonly unchangedSince?: number;
  readonly checkedAt?: number;
  readonly pinned: boolean;
  /** Low, soon to expire, or past an end that only the gateway can confirm. */
  readonly urgent: boolean;
  /** The last check brought no figures. */
  readonly failing: boolean;
}

/** How closely to follow a key. A key of which little is known is followed closely, so that more is. */
export function paceOf(
  { unchangedSince, checkedAt, pinned, urgent, failing }: PaceInput,
  now: number,
): PollPace {
  if (pinned || urgent || failing || unchangedSince === undefined) return 'close';
  const stillMs = now - unchangedSince;
  // However long ago: a key that is checked seldom moved in its last check.
  const movedInLastCheck = checkedAt !== undefined && unchangedSince >= checkedAt;
  if (movedInLastCheck || stillMs < MOVING_MS) return 'close';
  return stillMs < STILL_MS ? 'usual' : 'seldom';
}
