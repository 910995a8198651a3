import { ownHeadroomOf } from '../quota/headroom.ts';
import type { Counted, Reading } from '../quota/reading.ts';

/** What a figure counts, and by which scale. Figures of different counters are never compared. */
export interface Counter {
  /** The gateway's raw units per display unit. */
  readonly perUnit: number;
  /** Which figure of the gateway it is. */
  readonly source: string;
  /** The fingerprint of the secret. */
  readonly fingerprint: string;
  /** Whether the gateway converted its raw units itself, at a rate that it may change. */
  readonly isConverted?: boolean;
}

/** What a reading says about spend. Amounts are the gateway's raw units. */
export interface Point {
  /** When, in epoch milliseconds. */
  readonly at: number;
  readonly used?: number;
  readonly remaining?: number;
  /** ISO 8601, by the gateway's clock: changes when a budget resets. */
  readonly resetsAt?: string;
  /** By how much our clock is ahead of the gateway's. */
  readonly clockAheadMs?: number;
  readonly counter?: Counter;
}

/**
 * The point of a reading; undefined where it has no counter. `counted` are the gateway's raw units, where
 * they belong to the leading figure.
 */
export function meterPointOf(reading: Reading, counted?: Counted, fingerprint = ''): Point | undefined {
  const { used, remaining, from } = ownHeadroomOf(reading);
  if (used === undefined && remaining === undefined) return undefined;
  const perUnit = counted?.perUnit ?? 1;
  const countedAmounts = counted?.of === from ? counted : undefined;
  const raw = (amount: number | undefined, own: number | undefined) =>
    amount === undefined ? undefined : (own ?? (perUnit === 1 ? amount : Math.round(amount * perUnit)));
  const basis = used === undefined ? 'left' : 'used';
  return {
    at: Date.parse(reading.takenAt),
    used: raw(used, countedAmounts?.used),
    remaining: raw(remaining, countedAmounts?.remaining),
    resetsAt: reading.windows ? undefined : reading.budget?.resetsAt,
    clockAheadMs: reading.clockAheadMs,
    counter: {
      perUnit,
      source: `${from} ${basis} ${counted?.source ?? ''}`.trim(),
      fingerprint,
      isConverted: counted?.isConverted,
    },
  };
}
