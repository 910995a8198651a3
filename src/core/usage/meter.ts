import { localTime } from '../quota/ends.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { Point } from './meterPoint.ts';

/**
 * A counter that fell: because of a cache for a moment, or for good. With `to` above `from` it leapt, and the
 * next point decides whether that was spend.
 */
interface Dip {
  /** Since when, in epoch milliseconds. */
  readonly at: number;
  /** The highest value before; of a leap, the value before. */
  readonly from: number;
  /** The lowest value since; of a leap, the value that was not believed. */
  readonly to: number;
}

/** The state between two points of one counter. */
export interface Meter {
  /** The highest `used` so far. */
  readonly high?: number;
  readonly remaining?: number;
  readonly resetsAt?: string;
  readonly dip?: Dip;
}

/** The result of comparing a point with the state before it. */
export interface Metered {
  /** Spend since the point before, in raw units; never negative. */
  readonly spent: number;
  readonly meter: Meter;
  /** Whether the gateway uses another scale from here on: nothing before compares. */
  readonly isRescaled?: boolean;
  /** Whether the budget was reset in between, or may have been: some spend is in no figure. */
  readonly hasReset?: boolean;
}

/** With a longer gap between two readings, the time between them was not watched. */
export const UNWATCHED_GAP_MS = 12 * HOUR_MS;
/** A counter that falls below this share of its highest value was reset, and counts from there at once. */
const RESET_SHARE = 0.5;
/** Caches catch up within this time; a counter that stays low for longer is right. */
const MAX_LAG_MS = 30 * MINUTE_MS;
/** A rise by more than this many times all that was ever used and left waits for the next point. */
const LEAP_FACTOR = 30;
/** By how much the gateway's clock may be behind ours at a reset. */
const GATEWAY_CLOCK_SLACK_MS = 5 * MINUTE_MS;
/**
 * Bounds for a change of the conversion rate: the smallest relative step, and the largest mismatch between
 * what was used and the total.
 */
const RATE_CHANGE_BOUNDS = [
  [0.1, 0.05],
  [0.001, 0.0001],
] as const;

/** With more than this share of the balance spent between two points, a changed total is no top-up. */
const MAX_SPENT_BESIDE_TOP_UP = 0.05;

/**
 * Spend between two points of one counter, in raw units. Where the gateway counts what was used, only a new
 * highest value is spend, so that top-ups, refunds and a dip by a cache are none. Else spend is what the
 * balance lost.
 */
export function meterSpend(meter: Meter | undefined, point: Point): Metered {
  const { used, remaining, resetsAt } = point;
  const next: Meter = { high: used, remaining, resetsAt };
  if (!meter) return { spent: 0, meter: next };
  if (used === undefined || meter.high === undefined)
    return { spent: balanceDecrease(meter, point), meter: next };
  // What was used just before the reset is in no figure.
  if (isReset(meter, point)) return { spent: Math.max(0, used), meter: next, hasReset: true };
  if (point.counter?.isConverted && (isRateChange(meter, point) || isAccountSwitch(meter, point)))
    return { spent: 0, meter: next, isRescaled: true };
  return meterCounter(meter, meter.high, used, point.at, next);
}

function meterCounter(meter: Meter, high: number, used: number, at: number, next: Meter): Metered {
  const dip = meter.dip && isLag(meter.dip, at) ? meter.dip : undefined;
  // One point alone may be wrong. The next one is compared with the same value, so that nothing is lost.
  if (!meter.dip && isLeap(meter, used)) {
    const leap = { at, from: high, to: used };
    return { spent: 0, meter: { ...next, high, remaining: meter.remaining, dip: leap } };
  }
  // The dip was a cache: what was shown in between is no spend. After a longer time it may have been a reset.
  if (meter.dip && used >= meter.dip.from)
    return { spent: used - meter.dip.from, meter: next, hasReset: !dip && high < meter.dip.from };
  if (used >= high) return { spent: used - high, meter: { ...next, dip } };
  const fall = { at, from: dip?.from ?? high, to: used };
  if (used < high * RESET_SHARE) return { spent: 0, meter: { ...next, dip: fall } };
  if (!meter.dip || used < meter.dip.to) return { spent: 0, meter: { ...next, high, dip: fall } };
  if (dip) return { spent: 0, meter: { ...next, high, dip } };
  // A refund, or lost counts: it counts on from there.
  return { spent: used - meter.dip.to, meter: next };
}

/** Whether far more was used since the point before than was ever used and left together. */
function isLeap({ high = 0, remaining }: Meter, used: number): boolean {
  const total = remaining === undefined ? 0 : high + remaining;
  return total > 0 && used - high > LEAP_FACTOR * total;
}

function isLag(dip: Dip, at: number): boolean {
  return at - dip.at < MAX_LAG_MS;
}

/** What a balance lost; 0 when it rose, because a top-up is no spend. */
function balanceDecrease(meter: Meter, { remaining }: Point): number {
  if (remaining === undefined || meter.remaining === undefined) return 0;
  return Math.max(0, meter.remaining - remaining);
}

/**
 * A budget was reset when the end that was read before has passed. An end that moves with every reading is no
 * reset.
 */
function isReset({ resetsAt: lastResetsAt }: Meter, point: Point): boolean {
  const { at, resetsAt } = point;
  if (lastResetsAt === undefined || resetsAt === undefined || resetsAt === lastResetsAt) return false;
  return localTime(lastResetsAt, point) <= at + GATEWAY_CLOCK_SLACK_MS;
}

/**
 * Whether billing has switched from the key's figures to its account's, which the gateway does not say. Spend
 * leaves used + remaining as it is, and a top-up does not come with a leap of what was used.
 */
function isAccountSwitch({ high = 0, remaining: before }: Meter, { used = 0, remaining }: Point): boolean {
  if (before === undefined || remaining === undefined) return false;
  const total = high + before;
  const isTotalKept = Math.abs(used + remaining - total) <= 1e-6 * Math.max(1, Math.abs(total));
  return !isTotalKept && used - high > MAX_SPENT_BESIDE_TOP_UP * Math.max(0, before);
}

/**
 * Whether two points have the same scale, though the first did not record it: spend leaves used + remaining
 * as it is, and another scale changes it. `slack` is the rounding error, in raw units.
 */
export function isSameScale(meter: Meter, { used, remaining }: Point, slack: number): boolean {
  if (meter.high === undefined || meter.remaining === undefined) return false;
  if (used === undefined || remaining === undefined) return false;
  return Math.abs(meter.high + meter.remaining - used - remaining) <= slack;
}

/**
 * Whether the conversion rate has changed: another rate multiplies used and remaining alike, and spend or a
 * top-up does not. The smaller the step, the less mismatch is allowed.
 */
function isRateChange({ high = 0, remaining: before }: Meter, { used = 0, remaining }: Point): boolean {
  // Without a remaining figure, all growth counts as spend.
  if (before === undefined || remaining === undefined) return false;
  const factor = (used + remaining) / (high + before);
  // Without amounts to divide by this is NaN or infinite, and within no bounds.
  const mismatch = Math.abs(used / high / factor - 1);
  const step = Math.abs(factor - 1);
  return RATE_CHANGE_BOUNDS.some(([least, most]) => step > least && mismatch < most);
}
