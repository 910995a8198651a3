import { endOf } from '../../core/quota/ends.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { resetAt } from '../../core/quota/resets.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';

/** A gateway's clock may be this much behind ours. */
const GATEWAY_CLOCK_SLACK_MS = 5 * SECOND_MS;
/** Two checks of a key are at least this far apart. */
const MIN_INTERVAL_MS = MINUTE_MS;

/**
 * When time alone makes a reading wrong: its quota window resets, or its key ends. Epoch milliseconds; undefined where
 * neither will happen, or the window resets more often than the key is polled.
 */
export function changeAt(
  reading: Reading | undefined,
  before: Reading | undefined,
  intervalMs: number,
  now: number,
): number | undefined {
  if (!reading) return undefined;
  const resets = resetAt(reading);
  const previousReset = before && resetAt(before);
  const apart = resets === undefined || previousReset === undefined ? 0 : Math.abs(resets - previousReset);
  const isSteady = apart < GATEWAY_CLOCK_SLACK_MS || apart >= 2 * intervalMs;
  const changes = [isSteady ? resets : undefined, endOf(reading)?.at].filter(
    at => at !== undefined && at + GATEWAY_CLOCK_SLACK_MS > now,
  );
  if (changes.length === 0) return undefined;
  return Math.max(Math.min(...(changes as number[])) + GATEWAY_CLOCK_SLACK_MS, now + MIN_INTERVAL_MS);
}
