import { HOUR_MS } from '../core/time.ts';
import type { SiteNotes } from './siteNotes.ts';

/** How long a limiter stays decisive after a refusal; the next refusal restarts it. */
export const DECISIVE_FOR_MS = 2 * HOUR_MS;

/**
 * Whether one answered call to a limiter would show that all keys of a site can be read by a more ample one. Then a call
 * in each window is worth it, whatever refusals have taught.
 */
export function isDecisive({ decisive }: SiteNotes, limiter: string, now: number): boolean {
  // A note by a clock that was ahead does not hold for longer than any other.
  return decisive?.limiter === limiter && decisive.until > now && decisive.until <= now + DECISIVE_FOR_MS;
}
