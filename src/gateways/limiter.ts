import type { CallLimit } from '../core/quota/share.ts';

/**
 * A rate limit of the gateway. `calls` is what we allow ourselves, at most half of the gateway's own limit: the other
 * half is its user's.
 */
export interface Limiter extends CallLimit {
  /** How long to wait after a 429 without `Retry-After` that our own calls do not explain. */
  readonly holdMs: number;
  /** The part of `calls`, 0 to 1, that polls begin with at a new site; all of it when absent. */
  readonly startShare?: number;
}
