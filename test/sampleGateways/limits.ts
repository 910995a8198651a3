import type { Clock } from './clock.ts';
import { type Limit, Limiter, type LimiterMode } from './limiter.ts';

/** The limiters of a gateway, by the part of it they guard. */
export type LimitName = 'critical' | 'api' | 'web' | 'account';

/** What the options may say: the real limits, none, or limits of one's own for some parts. */
export type LimitOptions = 'real' | 'off' | Partial<Record<LimitName, Limit | 'off'>>;

/** The limits New API ships with. */
export const NEW_API_LIMITS: Partial<Record<LimitName, Limit>> = {
  critical: { calls: 20, seconds: 1200 },
  api: { calls: 180, seconds: 180 },
  web: { calls: 60, seconds: 180 },
};

/** One API lets more calls through. */
export const ONE_API_LIMITS: Partial<Record<LimitName, Limit>> = {
  ...NEW_API_LIMITS,
  api: { calls: 480, seconds: 180 },
};

/** CheapestInference limits the call that lists all keys. */
export const CHEAPEST_INFERENCE_LIMITS: Partial<Record<LimitName, Limit>> = {
  account: { calls: 12, seconds: 12 * 3600 },
};

/** Sub2API limits refused calls; once there are too many it refuses all of them. */
export const SUB2API_LIMITS: Partial<Record<LimitName, Limit>> = { account: { calls: 120, seconds: 60 } };

/** The limiters that are switched on. A part without one is not limited. */
export type Limiters = Partial<Record<LimitName, Limiter>>;

/** Builds the limiters that options ask for. */
export function makeLimiters(
  options: LimitOptions,
  real: Partial<Record<LimitName, Limit>>,
  mode: LimiterMode,
  clock: Clock,
): Limiters {
  const chosen = options === 'real' ? real : options === 'off' ? {} : { ...real, ...options };
  const limiters: Limiters = {};
  for (const [name, limit] of Object.entries(chosen)) {
    if (limit && limit !== 'off') limiters[name as LimitName] = new Limiter(limit, mode, clock);
  }
  return limiters;
}
