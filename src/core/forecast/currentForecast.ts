import { isPast } from '../nextChange.ts';
import type { Forecast } from '../quota/keyState.ts';

/**
 * The forecast as it holds at `now` (epoch milliseconds): without `lastsUntil` once that moment has passed.
 * Undefined stays undefined.
 */
export function currentForecast(forecast: Forecast | undefined, now: number): Forecast | undefined {
  if (forecast?.lastsUntil === undefined || !isPast(Date.parse(forecast.lastsUntil), now)) return forecast;
  return withoutEnd(forecast);
}

/** The forecast without `lastsUntil`: for a key that has ended, or whose remaining amount is not known. */
export function withoutEnd(forecast: Forecast | undefined): Forecast | undefined {
  if (forecast?.lastsUntil === undefined) return forecast;
  const { lastsUntil: _end, ...rest } = forecast;
  return rest;
}
