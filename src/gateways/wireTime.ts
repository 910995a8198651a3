import * as v from 'valibot';
import { DAY_MS, isoTime } from '../core/time.ts';
import { NO_LIMIT_FROM, parseNumber } from './fields.ts';
import { isoMsOf } from './isoMs.ts';

/**
 * Larger counts are milliseconds: as seconds they would be after the year 10000. Microseconds and nanoseconds
 * follow in the same way.
 */
const MAX_SECONDS = 2.6e11;

/** Microseconds and nanoseconds that end later are a computer's largest numbers, and no time. */
const MAX_FINE_MS = Date.UTC(2200, 0, 1);

/** Anything earlier is a zero in some form: Go's year 1, or 0 seconds, in any time zone. */
const NEVER_BELOW_MS = 2 * DAY_MS;

/** No key ends before the year 2000: such a number may be seconds that are left, but is no moment. */
const UNKNOWN_BELOW_MS = Date.UTC(2000, 0, 1);

/** The year 9999 and later mean “never”. */
const NEVER_FROM_MS = Date.UTC(9999, 0, 1);

/**
 * Normalizes a wire time to ISO 8601; null for “never”, undefined for no readable time. Numbers, or digits as
 * text, are epoch seconds, milliseconds, microseconds or nanoseconds, by magnitude; other texts are ISO 8601,
 * in UTC where they name no zone. Never: 0 and below, Go's zero time, the first days of 1970, the year 9999
 * and later. Unreadable: the rest of the last century.
 */
export function normalizeTime(wire: unknown): string | null | undefined {
  const ms = epochMsOf(wire);
  if (ms === undefined) return undefined;
  if (ms >= NEVER_BELOW_MS && ms < UNKNOWN_BELOW_MS) return undefined;
  return ms < NEVER_BELOW_MS || ms >= NEVER_FROM_MS ? null : isoTime(ms);
}

/** Parses the time of an event to epoch seconds; undefined for 0 and unreadable times, which no real row has. */
export function parseSeconds(wire: unknown): number | undefined {
  // Fast path: a log has millions of rows.
  if (typeof wire === 'number' && wire * 1000 >= UNKNOWN_BELOW_MS && wire < MAX_SECONDS) return wire;
  const time = normalizeTime(wire);
  return typeof time === 'string' ? Date.parse(time) / 1000 : undefined;
}

/** `parseSeconds` as a schema. */
export const wireSeconds = v.pipe(
  v.custom<unknown>(wire => parseSeconds(wire) !== undefined),
  v.transform(wire => parseSeconds(wire) ?? 0),
);

function epochMsOf(wire: unknown): number | undefined {
  if (typeof wire === 'string' && /^\s*(?:\d{4}|[+-]\d{6})-/.test(wire)) return isoMsOf(wire);
  const count = parseNumber(wire);
  // 999999999 stands for “no limit”; as seconds it would be a day of 2001.
  if (count === undefined || count === NO_LIMIT_FROM) return undefined;
  if (count < MAX_SECONDS) return count * 1000;
  if (count < MAX_SECONDS * 1e3) return count;
  const ms = Math.floor(count < MAX_SECONDS * 1e6 ? count / 1e3 : count / 1e6);
  return ms < MAX_FINE_MS || ms >= NEVER_FROM_MS ? ms : undefined;
}
