/** Plain units of time. Particular waits are named where they are used, and built from these. */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;

/** A quarter of an hour: the days of every time zone begin with one, so the ledger keeps spend by these. */
export const QUARTER_MS = 15 * MINUTE_MS;
export const QUARTER_S = QUARTER_MS / SECOND_MS;

/** A moment in epoch milliseconds as ISO 8601 in UTC. @throws RangeError where no calendar has it. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
