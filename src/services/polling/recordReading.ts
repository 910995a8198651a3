import { estimateForecast, FORECAST_WINDOW_MS } from '../../core/forecast/forecast.ts';
import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import { hasMoved } from '../../core/quota/hasMoved.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Forecast } from '../../core/quota/keyState.ts';
import type { Counted, Reading } from '../../core/quota/reading.ts';
import { meterPointOf } from '../../core/usage/meterPoint.ts';

/** Since when the figures have been as they are, after another reading, or none. A first one alone does not tell. */
export function unchangedSince(
  reading: Reading | undefined,
  before: CheckState | undefined,
  now: number,
): number | undefined {
  if (!reading) return before?.unchangedSince;
  if (!before?.reading) return undefined;
  if (hasMoved(before.reading, reading)) return now;
  // A time later than now was written before the clock was put back.
  return Math.min(before.unchangedSince ?? Date.parse(before.reading.takenAt), now);
}

/** Adds a reading to the history, and returns the forecast from it. Called inside a transaction. */
export function appendToHistory(
  store: Store,
  { id, fingerprint }: Pick<KeyRecord, 'id' | 'fingerprint'>,
  { reading, counted }: { readonly reading: Reading; readonly counted?: Counted },
  now: number,
): Forecast | undefined {
  const point = meterPointOf(reading, counted, fingerprint);
  if (!point) return undefined;
  const history = store.history;
  history.appendReading(id, reading.unit, point, now);
  const { since, spans } = history.currentSpend(id, now - FORECAST_WINDOW_MS, now);
  return estimateForecast(reading, spans, since, now);
}
