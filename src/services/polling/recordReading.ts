import { estimateForecast, FORECAST_WINDOW_MS } from '../../core/forecast/forecast.ts';
import { zoneId } from '../../core/ledger/zoneId.ts';
import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import { aheadOfGateway } from '../../core/quota/aheadOfGateway.ts';
import { hasMoved } from '../../core/quota/hasMoved.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Forecast } from '../../core/quota/keyState.ts';
import type { Counted, Reading } from '../../core/quota/reading.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { meterPointOf } from '../../core/usage/meterPoint.ts';

/** Smaller differences between two answers are no sign that a clock was set. */
const CLOCK_SET_MS = 5 * MINUTE_MS;

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
  // The ledger goes by the gateway's clock, so readings of before have to be as far from that as this one.
  const last = store.states.stateOf(id)?.reading;
  const setBy = last ? aheadOfGateway(reading) - aheadOfGateway(last) : 0;
  if (Math.abs(setBy) > CLOCK_SET_MS) {
    history.moveReadings(id, setBy, now);
    // Their sums by day are those of other days by now, as after a change of the zone.
    store.maintenance.beginZone(zoneId(), now);
  }
  history.appendReading(id, reading.unit, point, now);
  const { since, spans } = history.currentSpend(id, now - FORECAST_WINDOW_MS, now);
  return estimateForecast(reading, spans, since, now);
}
