import { HOUR_MS } from '../../core/time.ts';
import type { Site } from '../site.ts';

/** How long a limit is taken to be the same: while nothing moves, and while the use grows by little. */
const STILL_FOR_MS = 2 * HOUR_MS;
const MOVING_FOR_MS = HOUR_MS;
/** Use that grows by no more than this part is still told in the same unit. */
const SMALL_RISE = 0.02;

export interface LimitInput {
  /** How long ago the limit was asked for; undefined where that is not known. */
  readonly ageMs: number | undefined;
  /** What was used at the last check, and now. Raw numbers. */
  readonly before: number | undefined;
  readonly used: number;
  readonly display: Site['display'];
  /** Whether the limit matters now: a person asks, little is left, or the figures are doubted. */
  readonly isWanted: boolean;
}

/**
 * Whether a key's limit has to be asked for. It alone shows that billing has begun to tell another unit or the
 * account's figures, and both change the use by far more than a small rise. The exception is yuan, whose rate a site
 * may change by a little.
 */
export function isLimitDue({ ageMs, before, used, display, isWanted }: LimitInput): boolean {
  if (isWanted || ageMs === undefined || ageMs < 0 || before === undefined) return true;
  if (used === before) return ageMs >= STILL_FOR_MS;
  const isSmallRise = used > before && used - before <= SMALL_RISE * before;
  return !isSmallRise || display === 'CNY' || ageMs >= MOVING_FOR_MS;
}
