import { headroomOf } from './headroom.ts';
import type { Reading } from './reading.ts';

/** What a reading says about spend. Amounts in the reading's unit. */
export interface Point {
  /** When, in epoch milliseconds. */
  readonly at: number;
  readonly used?: number;
  readonly remaining?: number;
  /** ISO 8601: changes when a budget begins anew. */
  readonly resetsAt?: string;
}

/** What is remembered between two points. */
export interface Meter {
  /** The highest `used` so far; a lower one is a refund, a lagging copy, or a counter that began anew. */
  readonly high?: number;
  readonly remaining?: number;
  readonly resetsAt?: string;
}

export interface Metered {
  /** Spend since the point before; never negative. */
  readonly spent: number;
  readonly meter: Meter;
}

/** A counter that falls below this share of its high has been reset, not refunded. */
const RESET_SHARE = 0.5;
/** How far the gateway's clock may be behind ours when it says that a budget begins anew. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** The point a reading stands for; undefined when it has no figure that money leaves. */
export function pointOf(reading: Reading): Point | undefined {
  const { used, remaining } = headroomOf(reading);
  if (used === undefined && remaining === undefined) return undefined;
  return { at: Date.parse(reading.takenAt), used, remaining, resetsAt: reading.budget?.resetsAt };
}

/**
 * Spend between two points. Where the gateway counts what was used, only a new high is spend, so that
 * top-ups, refunds, and figures that dip for a minute behind a cache do not show. Else it is what the
 * balance lost.
 */
export function meterSpend(meter: Meter | undefined, point: Point): Metered {
  const { used, remaining, resetsAt } = point;
  const next: Meter = { high: used, remaining, resetsAt };
  if (!meter) return { spent: 0, meter: next };
  if (used === undefined || meter.high === undefined) return { spent: lostBy(meter, point), meter: next };
  // What was used at the end of the old span of time is in no figure any more.
  if (hasBegunAnew(meter, point)) return { spent: Math.max(0, used), meter: next };
  if (used >= meter.high) return { spent: used - meter.high, meter: next };
  return { spent: 0, meter: used < meter.high * RESET_SHARE ? next : { ...next, high: meter.high } };
}

/** What a balance lost; nothing when it rose, because a top-up is no spend. */
function lostBy(meter: Meter, { remaining }: Point): number {
  if (remaining === undefined || meter.remaining === undefined) return 0;
  return Math.max(0, meter.remaining - remaining);
}

/** A budget whose end is always some hours from now has not begun anew with every look at it. */
function hasBegunAnew({ resetsAt: ended }: Meter, { at, resetsAt }: Point): boolean {
  if (ended === undefined || resetsAt === undefined || resetsAt === ended) return false;
  return Date.parse(ended) <= at + CLOCK_SLACK_MS;
}
