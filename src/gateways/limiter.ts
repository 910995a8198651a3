import type { CallLimit } from '../core/quota/share.ts';

/** A rate limit of the gateway, and how much of it we use: at most half. */
export interface Limiter extends CallLimit {
  /** How long to wait after a 429 without `Retry-After` that our own calls do not explain. */
  readonly holdMs: number;
  /** What part of `calls` polls begin with at a site that is seen for the first time; all of it when absent. */
  readonly startShare?: number;
}
