import { ownTime } from '../quota/ends.ts';
import { headroomOf } from '../quota/headroom.ts';
import type { Counted, Reading } from '../quota/reading.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';

/** What counts, and how: figures of two counters are never compared. */
export interface Counter {
  /** The gateway's numbers per one unit on screen. */
  readonly perUnit: number;
  /** Which of the gateway's figures it is. */
  readonly source: string;
  /** Of the key it was asked with. */
  readonly fingerprint: string;
  /** Whether the gateway turned its own numbers into these, at a rate that it may change. */
  readonly isConverted?: boolean;
}

/** What a reading says about spend. Amounts are the gateway's own numbers. */
export interface Point {
  /** When, in epoch milliseconds. */
  readonly at: number;
  readonly used?: number;
  readonly remaining?: number;
  /** ISO 8601, by the gateway's clock: changes when a budget begins anew. */
  readonly resetsAt?: string;
  /** How far our clock is ahead of the gateway's. */
  readonly clockAheadMs?: number;
  readonly counter?: Counter;
}

/** A figure that fell: a cache that lags for a moment, or the new truth. */
interface Dip {
  /** Since when, in epoch milliseconds. */
  readonly at: number;
  /** The high before. */
  readonly from: number;
  /** The lowest since. */
  readonly to: number;
}

/** What is remembered between two points of one counter. */
export interface Meter {
  /** The highest `used` so far. */
  readonly high?: number;
  readonly remaining?: number;
  readonly resetsAt?: string;
  readonly dip?: Dip;
}

export interface Metered {
  /** Spend since the point before; never negative. */
  readonly spent: number;
  readonly meter: Meter;
  /** Whether the gateway counts by another measure from here on, so that nothing before compares. */
  readonly isRescaled?: boolean;
  /** Whether the budget began anew, so that what was spent until then since the point before is in no figure. */
  readonly hasReset?: boolean;
}

/** Between two looks that are further apart lies a time that nobody watched. */
export const UNWATCHED_GAP_MS = 12 * HOUR_MS;
/** A counter that falls below this share of its high counts from there at once. */
const RESET_SHARE = 0.5;
/** Caches and copies catch up within this time; a figure that stays low for longer is true. */
const MAX_LAG_MS = 30 * MINUTE_MS;
/** How far the gateway's clock may be behind ours when it says that a budget begins anew. */
const GATEWAY_CLOCK_SLACK_MS = 5 * MINUTE_MS;
/** How much a rate may change, and which part of the figures may have been spent meanwhile for it to be seen. */
const RATE_CHANGE_BOUNDS = [
  [0.1, 0.05],
  [0.001, 0.0001],
] as const;

/** With more than this part of what was left spent between two looks, a total that changed is no top-up. */
const MAX_SPENT_BESIDE_TOP_UP = 0.05;

/** The point a reading stands for; undefined when it has no figure that money leaves. */
export function meterPointOf(reading: Reading, counted?: Counted, fingerprint = ''): Point | undefined {
  const { used, remaining, from } = headroomOf(reading);
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
    resetsAt: reading.budget?.resetsAt,
    clockAheadMs: reading.clockAheadMs,
    counter: {
      perUnit,
      source: `${from} ${basis} ${counted?.source ?? ''}`.trim(),
      fingerprint,
      isConverted: counted?.isConverted,
    },
  };
}

/**
 * Spend between two points of one counter. Where the gateway counts what was used, only a new high is spend, so
 * that top-ups, refunds, and figures that dip for a minute behind a cache do not show. Else it is what the
 * balance lost.
 */
export function meterSpend(meter: Meter | undefined, point: Point): Metered {
  const { used, remaining, resetsAt } = point;
  const next: Meter = { high: used, remaining, resetsAt };
  if (!meter) return { spent: 0, meter: next };
  if (used === undefined || meter.high === undefined)
    return { spent: balanceDecrease(meter, point), meter: next };
  // What was used at the end of the old span of time is in no figure any more.
  if (isReset(meter, point)) return { spent: Math.max(0, used), meter: next, hasReset: true };
  if (point.counter?.isConverted && (isRateChange(meter, point) || isAccountSwitch(meter, point)))
    return { spent: 0, meter: next, isRescaled: true };
  return meterCounter(meter, meter.high, used, point.at, next);
}

function meterCounter(meter: Meter, high: number, used: number, at: number, next: Meter): Metered {
  const dip = meter.dip && isLag(meter.dip, at) ? meter.dip : undefined;
  // Back from where it fell a moment ago: what it showed in between is no spend.
  if (dip && used >= dip.from) return { spent: used - dip.from, meter: next };
  if (used >= high) return { spent: used - high, meter: { ...next, dip } };
  const fall = { at, from: dip?.from ?? high, to: used };
  if (used < high * RESET_SHARE) return { spent: 0, meter: { ...next, dip: fall } };
  if (!meter.dip || used < meter.dip.to) return { spent: 0, meter: { ...next, high, dip: fall } };
  if (dip) return { spent: 0, meter: { ...next, high, dip } };
  // A refund, or counts that were lost: it counts on from where it fell to.
  return { spent: used - meter.dip.to, meter: next };
}

function isLag(dip: Dip, at: number): boolean {
  return at - dip.at < MAX_LAG_MS;
}

/** What a balance lost; nothing when it rose, because a top-up is no spend. */
function balanceDecrease(meter: Meter, { remaining }: Point): number {
  if (remaining === undefined || meter.remaining === undefined) return 0;
  return Math.max(0, meter.remaining - remaining);
}

/** A budget whose end is always some hours from now has not begun anew with every look at it. */
function isReset({ resetsAt: lastResetsAt }: Meter, point: Point): boolean {
  const { at, resetsAt } = point;
  if (lastResetsAt === undefined || resetsAt === undefined || resetsAt === lastResetsAt) return false;
  return ownTime(lastResetsAt, point) <= at + GATEWAY_CLOCK_SLACK_MS;
}

/**
 * Whether a gateway's amounts are all at once somebody else's: billing can be switched from a key's figures to its
 * account's, and does not say so. Spend leaves the total as it is, and no top-up comes with a leap of what was used.
 */
function isAccountSwitch({ high = 0, remaining: before }: Meter, { used = 0, remaining }: Point): boolean {
  if (before === undefined || remaining === undefined) return false;
  const total = high + before;
  const isTotalKept = Math.abs(used + remaining - total) <= 1e-6 * Math.max(1, Math.abs(total));
  return !isTotalKept && used - high > MAX_SPENT_BESIDE_TOP_UP * Math.max(0, before);
}

/**
 * Whether two points surely count by one measure, though it was not written down with the first: spend moves what
 * was used and what is left apart and leaves their sum, which any other scale changes. `slack` is how much of it
 * rounding may have taken.
 */
export function isSameScale(meter: Meter, { used, remaining }: Point, slack: number): boolean {
  if (meter.high === undefined || meter.remaining === undefined) return false;
  if (used === undefined || remaining === undefined) return false;
  return Math.abs(meter.high + meter.remaining - used - remaining) <= slack;
}

/**
 * Spend moves what was used and what is left apart, and a top-up leaves what was used as it is; another rate
 * multiplies both. The smaller its step, the less else may have happened.
 */
function isRateChange({ high = 0, remaining: before }: Meter, { used = 0, remaining }: Point): boolean {
  // Where nothing is told to be left, all that grows is spend.
  if (before === undefined || remaining === undefined) return false;
  const factor = (used + remaining) / (high + before);
  if (!(factor > 0) || !(high > 0) || !Number.isFinite(factor)) return false;
  const mismatch = Math.abs(used / high / factor - 1);
  const step = Math.abs(factor - 1);
  return RATE_CHANGE_BOUNDS.some(([least, most]) => step > least && mismatch < most);
}
