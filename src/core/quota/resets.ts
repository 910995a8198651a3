import { isPast } from '../nextChange.ts';
import { localTime } from './ends.ts';
import type { Reading } from './reading.ts';

/**
 * When a reading's budget begins anew, by the clock of this computer: from then on the reading does not tell what
 * was spent. Undefined where it does not, where nobody knows when, and where it had already when it was read.
 */
export function resetAt(reading: Reading): number | undefined {
  const at = namedResetAt(reading);
  return at !== undefined && at > Date.parse(reading.takenAt) ? at : undefined;
}

/** The moment that a gateway names as a budget's new beginning, even one that had passed when it was read. */
export function namedResetAt(reading: Reading): number | undefined {
  const resetsAt = reading.budget?.resetsAt;
  return resetsAt === undefined ? undefined : localTime(resetsAt, reading);
}

/** Whether a reading's budget has begun anew since it was taken. */
export function hasReset(reading: Reading, now: number): boolean {
  return hasResetSince(reading, Number.NEGATIVE_INFINITY, now);
}

/** Whether a reading's budget has begun anew since it was taken and since another moment, epoch milliseconds. */
export function hasResetSince(reading: Reading, since: number, now: number): boolean {
  const at = resetAt(reading);
  return at !== undefined && since < at && isPast(at, now);
}

/** What a reading still tells: after its budget has begun anew, not what was spent of it. */
export function readingAt(reading: Reading, now: number): Reading {
  if (!reading.budget || !hasReset(reading, now)) return reading;
  const { spent: _, ...budget } = reading.budget;
  return { ...reading, budget };
}
