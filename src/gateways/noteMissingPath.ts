import type { Failure } from '../core/quota/failure.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { MISSING_FOR_MS } from './missingPath.ts';

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
