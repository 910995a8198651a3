import type { TimeSpan } from '../ports/ledgerTable.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';

/** Local days are counted since 1 January 1970, whatever their length. */
export function dayOf(ms: number): number {
  const at = new Date(ms);
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY_MS;
}

/** When a local day begins, in epoch milliseconds. */
export function startOfDay(day: number): number {
  const at = new Date(day * DAY_MS);
  return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()).getTime();
}

/**
 * The day of a gateway that a sum is of. It stands for the local day of that name, in the zone in which this computer was
 * when it was told: its noon is of the same day in UTC, or an hour before that, in all zones from UTC−10 to UTC+13.
 */
export function gatewayDayOf({ from, to }: TimeSpan): number {
  const day = dayOf(from);
  return startOfDay(day) === from ? day : Math.floor(((from + to) / 2 + HOUR_MS) / DAY_MS);
}
