import type { GatewayResponse } from '../http/transport.ts';

/** A clock that was never set tells 1970, a broken one the year 9999: neither says when anything ends. */
const EARLIEST_DATE_MS = Date.UTC(2020, 0, 1);
const LATEST_DATE_MS = Date.UTC(2100, 0, 1);

/** The server's clock by its `Date` header, in epoch milliseconds; undefined when absent or invalid. */
export function serverTimeOf(headers: GatewayResponse['headers']): number | undefined {
  const time = httpDate(headers.get('date')?.trim() ?? '');
  return time >= EARLIEST_DATE_MS && time < LATEST_DATE_MS ? time : undefined;
}

/** Parses an HTTP date. Every form begins with the weekday; `Date.parse` alone accepts `-5`. The oldest does not name GMT. */
export function httpDate(value: string): number {
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(value)) return Number.NaN;
  return Date.parse(value.replace(/ [\d:]+$/, '$& GMT'));
}
