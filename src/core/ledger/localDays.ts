import { DAY_MS } from '../time.ts';

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
