import * as l10n from '@vscode/l10n';
import { dateTimeText, isFarAhead, relativeText } from './time.ts';

/**
 * A date with a time, and how far away it is: `Dec 1, 2026, 9:00 AM (in 10 days)`.
 *
 * @param time ISO 8601, by the gateway's clock.
 * @param at The same moment by this computer's clock, in milliseconds since 1970, as `now` is.
 */
export function dateAndDistanceText(time: string, now: number, at = Date.parse(time)): string {
  const date = dateTimeText(time);
  return isFarAhead(at, now) ? date : l10n.t('{0} ({1})', date, relativeText(at, now));
}
