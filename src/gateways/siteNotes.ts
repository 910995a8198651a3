import type { Failure } from '../core/quota/failure.ts';
import { DAY_MS } from '../core/time.ts';
import type { GatewayContext } from './gatewayContext.ts';

/** How long a missing path is not asked for; an update of the site may bring it. */
const MISSING_FOR_MS = 3 * DAY_MS;

/** Whether a path is noted as missing, so that it is not asked for. */
export function isPathMissing({ notes, now }: Pick<GatewayContext, 'notes' | 'now'>, path: string): boolean {
  const until = notes?.().lacks?.[path];
  // A note by a clock that was ahead does not hold for longer than any other.
  return typeof until === 'number' && until > now() && until <= now() + MISSING_FOR_MS;
}

/**
 * Whether a 404 is the router's own, `Invalid URL (GET /path)`, as all relatives of New API send it; a
 * proxy's is not.
 */
export function isUnknownRoute(status: number, message: string): boolean {
  return status === 404 && /^Invalid URL \([A-Z]+ \//.test(message);
}

/**
 * Whether a failure may mean that a path is missing: some sites answer unknown paths with their web page, or
 * redirect to it.
 */
export function mayBeMissingPath({ class: failureClass, reason }: Failure): boolean {
  return failureClass === 'not-supported' || WEB_PAGE_REASONS.has(reason);
}

const WEB_PAGE_REASONS: ReadonlySet<Failure['reason']> = new Set(['html', 'other-page', 'redirected']);

/** Notes that a path exists. */
export function notePathFound({ notes, note }: GatewayContext, path: string): void {
  if (notes?.().has?.[path] !== true) note?.({ has: { [path]: true } });
}

/** Notes that a path is missing, for `forMs` milliseconds, unless it has answered before. */
export function notePathMissing(context: GatewayContext, path: string, forMs = MISSING_FOR_MS): void {
  if (context.notes?.().has?.[path] !== true) context.note?.({ lacks: { [path]: context.now() + forMs } });
}
