import { MINUTE_MS } from '../core/time.ts';
import type { Limiter } from './limiter.ts';

/** For a gateway that does not publish how often it may be asked. */
export const unpublishedLimit: Limiter = { calls: 30, windowMs: MINUTE_MS, holdMs: 5 * MINUTE_MS };
