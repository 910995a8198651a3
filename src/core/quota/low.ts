import { type Headroom, headroomOf, shareLeft } from './headroom.ts';
import type { Reading } from './reading.ts';
import { hasResetSince } from './resets.ts';
import { isSpendUnit, type UnitCode } from './unit.ts';

/** When a remaining amount counts as low. */
export interface LowRule {
  /** Per cent of the granted total. */
  readonly percent: number;
  /** Amounts per unit, for keys without a granted total. */
  readonly amounts: Partial<Record<UnitCode, number>>;
}

/** What is left on a key, on the scale that its thresholds are on. */
export interface Level {
  /** Per cent where a total is known or nothing limits the key, else an amount in the unit of `headroomOf`. */
  readonly scale: 'percent' | 'amount';
  /** Infinity for an unlimited key. At most 0 when, and only when, nothing is left. */
  readonly left: number;
}

/** What is left on a key; undefined where nobody knows. */
export function levelOf(reading: Reading | undefined): Level | undefined {
  return levelOfLimit(headroomOf(reading));
}

/** What one limit leaves. */
export function levelOfLimit(headroom: Headroom): Level | undefined {
  if (headroom.unlimited) return { scale: 'percent', left: Number.POSITIVE_INFINITY };
  if (headroom.remaining === undefined) return undefined;
  const share = shareLeft(headroom);
  if (share === undefined) return { scale: 'amount', left: headroom.remaining };
  // Shares are rounded and never below 0: what is left is not used up however small its share is.
  const left = headroom.remaining > 0 ? Math.max(share * 100, Number.MIN_VALUE) : 0;
  return { scale: 'percent', left };
}

/** Whether what is left has come down to a threshold of its scale; 0 is used up. */
export function isAtOrBelow(level: Level | undefined, threshold: number): boolean {
  return level !== undefined && level.left <= threshold;
}

/** Whether what is left counts as low, or is used up. */
export function isLow(reading: Reading, { percent, amounts }: LowRule): boolean {
  const level = levelOf(reading);
  const { unit } = headroomOf(reading);
  const amount = isSpendUnit(unit) ? amounts[unit.code] : undefined;
  const threshold = level?.scale === 'percent' ? percent : amount;
  return threshold !== undefined && isAtOrBelow(level, threshold);
}

/**
 * Whether the gateway refuses a key as used up. What was used up before its budget was reset is not any more.
 * `checkedAt` is when it was asked, epoch milliseconds.
 */
export function isRefusedAsUsedUp(
  failure: { readonly class: string } | undefined,
  reading: Reading | undefined,
  checkedAt: number | undefined,
  now: number,
): boolean {
  if (failure?.class !== 'exhausted') return false;
  return !reading || checkedAt === undefined || !hasResetSince(reading, checkedAt, now);
}
