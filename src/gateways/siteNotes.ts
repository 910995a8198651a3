import type { Failure } from '../core/quota/failure.ts';
import { DAY_MS } from '../core/time.ts';
import type { GatewayContext } from './gatewayContext.ts';

/** An update of the site may bring what it lacks, so it is looked at again. */
const MISSING_FOR_MS = 3 * DAY_MS;

/** Whether a path need not be asked, because the site does not have it. */
export function isPathMissing({ notes, now }: Pick<GatewayContext, 'notes' | 'now'>, path: string): boolean {
  const until = notes?.().lacks?.[path];
  // What was noted by a clock that ran ahead is not believed for longer than any note is.
  return typeof until === 'number' && until > now() && until <= now() + MISSING_FOR_MS;
}

/** New API and all its relatives name the path that their router does not know; what is on the way does not. */
export function isUnknownRoute(status: number, message: string): boolean {
  return status === 404 && /^Invalid URL \([A-Z]+ \//.test(message);
}

/**
 * Whether an answer may mean that a site does not have a path: some answer every path they do not know by their own
 * web page, or by sending on to it.
 */
export function mayBeMissingPath({ class: failureClass, reason }: Failure): boolean {
  return failureClass === 'not-supported' || WEB_PAGE_REASONS.has(reason);
}

const WEB_PAGE_REASONS: ReadonlySet<Failure['reason']> = new Set(['html', 'other-page', 'redirected']);

/** Notes that a path is there. */
export function notePathFound({ notes, note }: GatewayContext, path: string): void {
  if (notes?.().has?.[path] !== true) note?.({ has: { [path]: true } });
}

/** Notes that a path need not be asked for a while. */
export function notePathMissing(context: GatewayContext, path: string, forMs = MISSING_FOR_MS): void {
  if (context.notes?.().has?.[path] !== true) context.note?.({ lacks: { [path]: context.now() + forMs } });
}
