import type { Forecast } from '../quota/keyState.ts';
import type { Unit } from '../quota/unit.ts';
import { amountText } from './amount.ts';
import { kept } from './formats.ts';
import { t } from './l10n.ts';

const DAY_MS = 86_400_000;

/** How long a key will last, as surely as it is known: `about Thursday, at $1.20 a day`. */
export function forecastText(forecast: Forecast | undefined, unit: Unit, now: number): string | undefined {
  if (!forecast) return undefined;
  if (forecast.confidence === 'none') return t('not enough data yet');
  const pace = forecast.perDay === undefined ? '' : t('{0} a day', amountText(forecast.perDay, unit));
  if (forecast.lastsUntil === undefined) return pace;
  return t('{0}, at {1}', lastsText(forecast, now) ?? '', pace);
}

/** Until when a key will last, without its pace; undefined when nothing can be foreseen. */
export function lastsText(forecast: Forecast | undefined, now: number): string | undefined {
  if (forecast?.lastsUntil === undefined) return undefined;
  const when = momentText(forecast.lastsUntil, now);
  return forecast.confidence === 'low' ? t('perhaps until {0}', when) : t('until about {0}', when);
}

/** A weekday within a week, a date after that; never more exact than a forecast can be. */
function momentText(time: string, now: number): string {
  const at = Date.parse(time);
  const distance = at - now;
  if (distance < DAY_MS) return moments('hour').format(at);
  if (distance < 6 * DAY_MS) return moments('weekday').format(at);
  return moments(distance > 300 * DAY_MS ? 'dateInYear' : 'date').format(at);
}

const MOMENTS = {
  hour: { weekday: 'long', hour: 'numeric' },
  weekday: { weekday: 'long' },
  date: { month: 'long', day: 'numeric' },
  dateInYear: { month: 'long', day: 'numeric', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const moments = kept(
  (language, name: keyof typeof MOMENTS) => new Intl.DateTimeFormat(language, MOMENTS[name]),
);
