import * as l10n from '@vscode/l10n';
import { isPast } from '../core/nextChange.ts';
import type { Forecast } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { DAY_MS, HOUR_MS } from '../core/time.ts';
import { amountText } from './amount.ts';
import { cachedFormat } from './cachedFormats.ts';
import { displayZoneOption } from './zone.ts';

const SHOW_MINUTES_WITHIN_MS = 3 * HOUR_MS;

/**
 * How fast a key spends: by the hour where it will be used up within a day, so that the rate and the time left are easy
 * to compare.
 */
export function paceText(forecast: Forecast | undefined, unit: Unit, now: number): string | undefined {
  const { perDay, lastsUntil } = forecast ?? {};
  if (perDay === undefined) return undefined;
  const at = lastsUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(lastsUntil);
  return !isPast(at, now) && isPast(at - DAY_MS + 1, now)
    ? l10n.t('{0} an hour', amountText(perDay / 24, unit, 'short', 'nearest'))
    : l10n.t('{0} a day', amountText(perDay, unit, 'short', 'nearest'));
}

/** Until when a key will last, without its rate; undefined when no forecast is possible or its time has passed. */
export function lastsUntilText(forecast: Forecast | undefined, now: number): string | undefined {
  if (forecast?.lastsUntil === undefined || isPast(Date.parse(forecast.lastsUntil), now)) return undefined;
  const when = momentText(forecast.lastsUntil, now);
  return forecast.confidence === 'low' ? l10n.t('perhaps {0}', when) : l10n.t('about {0}', when);
}

/** The same as what happens next: `runs out about Thursday`. */
export function runsOutText(forecast: Forecast | undefined, now: number): string | undefined {
  if (forecast?.lastsUntil === undefined || isPast(Date.parse(forecast.lastsUntil), now)) return undefined;
  const when = momentText(forecast.lastsUntil, now);
  return forecast.confidence === 'low' ? l10n.t('may run out {0}', when) : l10n.t('runs out about {0}', when);
}

/**
 * A weekday within a week, a date after that, since a forecast is never more exact. A time within the next hours has
 * its minutes, because a full hour could already be over; a later one is rounded to the hour.
 */
function momentText(time: string, now: number): string {
  const at = Date.parse(time);
  if (isPast(at - SHOW_MINUTES_WITHIN_MS + 1, now)) return momentFormat('minute').format(at);
  if (isPast(at - DAY_MS + 1, now)) return momentFormat('hour').format(at + HOUR_MS / 2);
  if (isPast(at - 6 * DAY_MS + 1, now)) return momentFormat('weekday').format(at);
  return momentFormat(isPast(at - 300 * DAY_MS, now) ? 'date' : 'dateInYear').format(at);
}

const FORMAT_OPTIONS = {
  minute: { weekday: 'long', hour: 'numeric', minute: '2-digit' },
  hour: { weekday: 'long', hour: 'numeric' },
  weekday: { weekday: 'long' },
  date: { month: 'long', day: 'numeric' },
  dateInYear: { month: 'long', day: 'numeric', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const momentFormat = cachedFormat(
  (language, name: keyof typeof FORMAT_OPTIONS) =>
    new Intl.DateTimeFormat(language, { ...FORMAT_OPTIONS[name], ...displayZoneOption() }),
);
