import * as l10n from '@vscode/l10n';
import { dateTimeText, isFarAhead, relativeText } from './time.ts';

/**
 * How far away a time is, and its date: `in 10 days (Dec 1, 2026, 9:00 AM)`. A narrow side bar cuts the date, which is the part
 * that can be done without.
 *
 * @param time ISO 8601, by the gateway's clock.
 * @param at The same moment by this computer's clock, in milliseconds since 1970, as `now` is.
 */
export function dateAndDistanceText(time: string, now: number, at = Date.parse(time)): string {
  const date = dateTimeText(time);
  return isFarAhead(at, now) ? date : l10n.t('{0} ({1})', relativeText(at, now), date);
}
