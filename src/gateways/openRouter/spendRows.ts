import { DAY_MS } from '../../core/time.ts';
import type { Coverage } from '../../core/usage/coverage.ts';

/** What rows of the analytics can be told apart by. */
export type SpendPart = 'api_key_id' | 'model';

/** What one day of spend is about, at one key or model. Amounts in dollars. */
export interface SpendRow {
  /** A day in UTC: `2026-06-01`. */
  readonly day: string;
  readonly key: string;
  readonly model: string;
  readonly used: number;
  readonly requests: number | undefined;
  readonly tokens: number | undefined;
}

/** Rows of a range, and what is missing of them. */
export interface SpendRows {
  readonly rows: readonly SpendRow[];
  readonly unreadable: number;
  readonly coverage: Coverage;
  readonly parts: readonly SpendPart[];
}

/** The UTC day of a moment in epoch milliseconds. */
export function utcDay(ms: number): string {
  return new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
