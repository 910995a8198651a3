import { headroomOf } from './headroom.ts';
import type { Reading } from './reading.ts';

/** What a reading says about spend. Amounts in the reading's unit. */
export interface Point {
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

/** The point a reading stands for; undefined when it has no figure that money leaves. */
export function pointOf(reading: Reading): Point | undefined {
  const { used, remaining } = headroomOf(reading);
  if (used === undefined && remaining === undefined) return undefined;
  return { used, remaining, resetsAt: reading.budget?.resetsAt };
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
  if (used !== undefined && meter.high !== undefined) {
    if (used >= meter.high) return { spent: used - meter.high, meter: next };
    const begunAnew = resetsAt !== undefined && resetsAt !== meter.resetsAt;
    if (begunAnew) return { spent: used, meter: next };
    return { spent: 0, meter: used < meter.high * RESET_SHARE ? next : { ...next, high: meter.high } };
  }
  if (used === undefined && remaining !== undefined && meter.remaining !== undefined) {
    return { spent: Math.max(0, meter.remaining - remaining), meter: next };
  }
  return { spent: 0, meter: next };
}
