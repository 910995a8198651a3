import { DAY_MS } from '../core/time.ts';
import type { GatewayContext } from './gatewayContext.ts';

/** How long a missing path is not asked for; an update of the site may bring it. */
export const MISSING_FOR_MS = 3 * DAY_MS;

/** Whether a path is noted as missing, so that it is not asked for. */
export function isPathMissing({ notes, now }: Pick<GatewayContext, 'notes' | 'now'>, path: string): boolean {
  const until = notes?.().lacks?.[path];
  // A note by a clock that was ahead does not hold for longer than any other.
  return typeof until === 'number' && until > now() && until <= now() + MISSING_FOR_MS;
}
