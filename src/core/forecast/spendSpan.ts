/**
 * One sample of spend: what two readings in a row differ by. Times are epoch milliseconds, `spent` is in the
 * display unit.
 */
export interface SpendSpan {
  /** The reading that showed it. */
  readonly at: number;
  /** The reading before; the same moment when absent. */
  readonly since?: number;
  /** For merged readings, when the last of them was taken: any of them noticed the spend. Absent for a single one. */
  readonly until?: number;
  readonly spent: number;
}
