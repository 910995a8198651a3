import { endOf } from '../../core/quota/ends.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { resetAt } from '../../core/quota/resets.ts';

/** Gateways are let catch up with their own clocks. */
const CATCH_UP_MS = 5000;
/** Two checks of a key are at least so far apart, whatever changes meanwhile. */
const MIN_APART_MS = 60_000;

/**
 * The moment at which the clock makes a reading say nothing any more, or another thing: its budget begins anew, or
 * its key ends. Budgets that begin anew more often than they are asked for are not worth a check of their own.
 */
export function changeAt(
  reading: Reading | undefined,
  before: Reading | undefined,
  intervalMs: number,
  now: number,
): number | undefined {
  if (!reading) return undefined;
  const resets = resetAt(reading);
  const earlier = before && resetAt(before);
  const apart = resets === undefined || earlier === undefined ? 0 : Math.abs(resets - earlier);
  const isSteady = apart < CATCH_UP_MS || apart >= 2 * intervalMs;
  const changes = [isSteady ? resets : undefined, endOf(reading)?.at].filter(
    at => at !== undefined && at + CATCH_UP_MS > now,
  );
  if (changes.length === 0) return undefined;
  return Math.max(Math.min(...(changes as number[])) + CATCH_UP_MS, now + MIN_APART_MS);
}
