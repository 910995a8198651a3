import { hasCome } from '../core/horizon.ts';
import type { Forecast } from '../quota/keyState.ts';
import { inDisplayZone } from '../text/zone.ts';
import { kept } from './formats.ts';
import { t } from './l10n.ts';

const DAY_MS = 86_400_000;

/** Until when a key will last, without its pace; undefined when nothing can be foreseen. */
export function lastsText(forecast: Forecast | undefined, now: number): string | undefined {
  if (forecast?.lastsUntil === undefined || hasCome(Date.parse(forecast.lastsUntil), now)) return undefined;
  const when = momentText(forecast.lastsUntil, now);
  return forecast.confidence === 'low' ? t('perhaps until {0}', when) : t('until about {0}', when);
}

/** A weekday within a week, a date after that; never more exact than a forecast can be. */
function momentText(time: string, now: number): string {
  const at = Date.parse(time);
  if (hasCome(at - DAY_MS + 1, now)) return moments('hour').format(at);
  if (hasCome(at - 6 * DAY_MS + 1, now)) return moments('weekday').format(at);
  return moments(hasCome(at - 300 * DAY_MS, now) ? 'date' : 'dateInYear').format(at);
}

const MOMENTS = {
  hour: { weekday: 'long', hour: 'numeric' },
  weekday: { weekday: 'long' },
  date: { month: 'long', day: 'numeric' },
  dateInYear: { month: 'long', day: 'numeric', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const moments = kept(
  (language, name: keyof typeof MOMENTS) =>
    new Intl.DateTimeFormat(language, { ...MOMENTS[name], ...inDisplayZone() }),
);
