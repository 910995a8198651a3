import { isPast } from '../nextChange.ts';
import type { Forecast } from '../quota/keyState.ts';

/** A forecast as it may be said now: a moment that has passed is none any more. */
export function forecastAt(forecast: Forecast | undefined, now: number): Forecast | undefined {
  if (forecast?.lastsUntil === undefined || !isPast(Date.parse(forecast.lastsUntil), now)) return forecast;
  const { lastsUntil: _passed, ...rest } = forecast;
  return rest;
}
