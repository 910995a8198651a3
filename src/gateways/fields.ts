import * as v from 'valibot';
import { DAY_MS, isoTime } from '../core/time.ts';

/** Larger numbers are no amounts. */
const MAX_NUMBER = 1e21;

const DECIMAL = /^[+-]?\d{1,30}(?:\.\d{1,30})?$/;

/**
 * Parses a wire number: a number, or plain decimal text. Undefined for anything else and for what is too
 * large. -0 becomes 0.
 */
export function parseNumber(wire: unknown): number | undefined {
  if (typeof wire !== 'number' && !(typeof wire === 'string' && DECIMAL.test(wire))) return undefined;
  const number = Number(wire) + 0;
  return Math.abs(number) < MAX_NUMBER ? number : undefined;
}

/** `parseNumber` as a schema. */
export const wireNumber = v.pipe(
  v.custom<number | string>(wire => parseNumber(wire) !== undefined),
  v.transform(wire => Number(wire) + 0),
);

/** Parses a boolean, in the spellings that forks use: true, 1, `"true"`; undefined for anything else. */
export function parseFlag(wire: unknown): boolean | undefined {
  if (typeof wire === 'object') return undefined;
  const word = String(wire).toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}

/** `parseFlag` as a schema. */
export const wireFlag = v.pipe(
  v.custom<unknown>(wire => parseFlag(wire) !== undefined),
  v.transform(wire => parseFlag(wire) === true),
);

/** A count or a limit; a negative one means none is set. */
export const wireCount = v.pipe(
  wireNumber,
  v.check(count => count >= 0),
);

/** What was used or spent. It is never below 0: a negative number stands for “not known”. */
export const wireSpent = v.pipe(
  wireNumber,
  v.check(amount => amount >= 0),
);

/** The same beside a limit: 999999999, which stands for “no limit” there, is no amount used. */
export const wireUsed = v.pipe(
  wireSpent,
  v.check(amount => amount !== NO_LIMIT_FROM),
);

/** Numbers from this size on are no limits: some software writes them for “no limit”. */
export const NO_LIMIT_FROM = 999_999_999;

/**
 * Makes a member optional: missing, null or of another type, it is undefined and the rest of the answer is
 * kept.
 */
export function lenient<T>(schema: v.GenericSchema<unknown, T>) {
  return v.fallback(v.optional(schema), undefined);
}

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
  if (typeof wire === 'string' && /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}/.test(wire)) {
    const parsed = Date.parse(WITHOUT_ZONE.test(wire) ? `${wire.replace(' ', 'T')}Z` : wire);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  const count = parseNumber(wire);
  // 999999999 stands for “no limit”; as seconds it would be a day of 2001.
  if (count === undefined || count === NO_LIMIT_FROM) return undefined;
  if (count < MAX_SECONDS) return count * 1000;
  if (count < MAX_SECONDS * 1e3) return count;
  const ms = Math.floor(count < MAX_SECONDS * 1e6 ? count / 1e3 : count / 1e6);
  return ms < MAX_FINE_MS || ms >= NEVER_FROM_MS ? ms : undefined;
}

/** A time without a zone: gateways mean UTC. */
const WITHOUT_ZONE = /^[\d+-]+[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** The most model names that are kept for a key. */
const MAX_MODELS = 2000;

/** Model names, and how many more there are than are kept. */
interface ModelNames {
  readonly models: readonly string[];
  readonly modelsMore?: number;
}

/**
 * Normalizes model names from any of the forms in use: `{name: true}` (New API), `"a,b"`, `["a", "b"]`.
 * Sanitized, without duplicates. Undefined for what is no such list.
 */
export function normalizeModelNames(wire: unknown): ModelNames | undefined {
  const sent = namesIn(wire);
  if (!sent) return undefined;
  const names = sanitizeNames(sent);
  if (names.length <= MAX_MODELS) return { models: names };
  return { models: names.slice(0, MAX_MODELS), modelsMore: names.length - MAX_MODELS };
}

function namesIn(wire: unknown): readonly string[] | undefined {
  if (typeof wire === 'string') return wire.split(',');
  if (Array.isArray(wire)) {
    const names = wire.filter(name => typeof name === 'string');
    return names.length === 0 && wire.length > 0 ? undefined : names;
  }
  return typeof wire === 'object' && wire !== null ? Object.keys(wire) : undefined;
}

function sanitizeNames(names: readonly string[]): string[] {
  return [...new Set(names.map(name => sanitizeText(name, 200)).filter(name => name !== ''))];
}

/** The fast path: plain ASCII needs no sanitizing. */
const ALREADY_PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Invisible characters, except those that a script needs: number signs and verse ends in Arabic, Kaithi and
 * related scripts, the Mongolian vowel separator, and the tag characters of regional flags.
 */
const INVISIBLE =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F})|(?![\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]|(?<=\p{Script=Mongolian})\u180E(?=\p{Script=Mongolian}))[\p{Cf}\p{Co}\p{Cs}]/gu;
/** Zero-width joiners: of emoji, and of Persian and Indian scripts. */
const JOINER = /^[\u200C\u200D]$/;
/** A joiner at an end, beside a space, or between characters that need none. */
const LOOSE_JOINER =
  /(?<![[\p{L}\p{M}\p{N}\p{S}]--[ -~]])[\u200C\u200D]+|[\u200C\u200D]+(?![[\p{L}\p{M}\p{N}\p{S}]--[ -~]])/gv;

/**
 * Sanitizes a gateway's text for display: removes control, direction and invisible characters, collapses
 * white space, and truncates to `maxLength` characters. Markup stays, because every view shows text as text.
 */
export function sanitizeText(text: string, maxLength: number): string {
  if (text.length <= maxLength && ALREADY_PLAIN.test(text)) return text;
  // One character more than is shown, of two UTF-16 units each.
  const prefix = text.slice(0, (maxLength + 1) * 2);
  const clean = prefix
    .replace(INVISIBLE, (character, flag?: string) => flag ?? (JOINER.test(character) ? character : ''))
    .replace(LOOSE_JOINER, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...clean];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : clean;
}
