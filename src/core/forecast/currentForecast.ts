import { isPast } from '../nextChange.ts';
import type { Forecast } from '../quota/keyState.ts';

/** A forecast as it may be said now: a moment that has passed is none any more. */
export function currentForecast(forecast: Forecast | undefined, now: number): Forecast | undefined {
  if (forecast?.lastsUntil === undefined || !isPast(Date.parse(forecast.lastsUntil), now)) return forecast;
  return paceOf(forecast);
}

/** A forecast without its moment: nothing lasts on that has ended, or of which nobody knows what is left. */
export function paceOf(forecast: Forecast | undefined): Forecast | undefined {
  if (forecast?.lastsUntil === undefined) return forecast;
  const { lastsUntil: _over, ...pace } = forecast;
  return pace;
}
