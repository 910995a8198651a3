import * as v from 'valibot';
import { DAY_MS } from '../core/time.ts';

/** More than any counter of a gateway holds, and still far from where arithmetic ends in infinity. */
const MAX_NUMBER = 1e21;

const DECIMAL = /^[+-]?\d{1,30}(?:\.\d{1,30})?$/;

/**
 * Gateways send numbers as numbers or as plain decimal strings; anything else is no number. A zero below zero is
 * a zero: nobody wants to read `-$0.00`. What is too large to be an amount of anything is no number either.
 */
export function parseNumber(wire: unknown): number | undefined {
  if (typeof wire !== 'number' && !(typeof wire === 'string' && DECIMAL.test(wire))) return undefined;
  const number = Number(wire) + 0;
  return Math.abs(number) < MAX_NUMBER ? number : undefined;
}

/** A wire number as a member of a schema. */
export const wireNumber = v.pipe(
  v.custom<number | string>(wire => parseNumber(wire) !== undefined),
  v.transform(wire => Number(wire) + 0),
);

/** A yes or no, in the spellings that forks use; undefined for anything else. */
export function parseFlag(wire: unknown): boolean | undefined {
  if (typeof wire === 'object') return undefined;
  const word = String(wire).toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}

/** A yes or no as a member of a schema. */
export const wireFlag = v.pipe(
  v.custom<unknown>(wire => parseFlag(wire) !== undefined),
  v.transform(wire => parseFlag(wire) === true),
);

/** A number of things, or how many of them are allowed: below zero stands for no word. */
export const wireCount = v.pipe(
  wireNumber,
  v.check(count => count >= 0),
);

/** A member that may be missing, null or of a wrong type without spoiling the rest of the answer. */
export function lenient<T>(schema: v.GenericSchema<unknown, T>) {
  return v.fallback(v.optional(schema), undefined);
}

/**
 * Seconds end a little after the year 10000, so that what is larger is milliseconds since 1978 or later; so it goes
 * on for microseconds and nanoseconds.
 */
const MAX_SECONDS = 2.6e11;
/** Counts so fine that end later are the largest numbers of a computer, which stand for no time at all. */
const MAX_FINE_MS = Date.UTC(2200, 0, 1);
/** A zero in some form: Go's first year, no seconds since 1970, in whatever zone either was written. */
const NEVER_BELOW_MS = 2 * DAY_MS;
/** Before it there was no key that could end: seconds that are left, perhaps, of up to thirty years, but no moment. */
const UNKNOWN_BELOW_MS = Date.UTC(2000, 0, 1);
/** The last year that four digits name stands for no end at all, and so does what lies behind it. */
const NEVER_FROM_MS = Date.UTC(9999, 0, 1);
/** Beyond what a date can hold nobody meant a time. */
const MAX_DATE_MS = 8.64e15;

/**
 * A wire time as ISO 8601; null for "never", undefined for no time that can be told. Numbers are seconds,
 * milliseconds, microseconds or nanoseconds since 1970, by their magnitude, in digits or in a text of them; other
 * texts are ISO 8601, in UTC where they name no zone. Never: 0 and all below it, Go's zero time, the first days of
 * 1970, the year 9999 and all after it. No time: the rest of the last century.
 */
export function normalizeTime(wire: unknown): string | null | undefined {
  const ms = epochMsOf(wire);
  if (ms === undefined || ms > MAX_DATE_MS) return undefined;
  if (ms >= NEVER_BELOW_MS && ms < UNKNOWN_BELOW_MS) return undefined;
  return ms < NEVER_BELOW_MS || ms >= NEVER_FROM_MS ? null : new Date(ms).toISOString();
}

/** When something happened, in epoch seconds; undefined where that cannot be told, for which no row was ever written. */
export function parseSeconds(wire: unknown): number | undefined {
  // What almost every row has, without a detour: a log has millions of them.
  if (typeof wire === 'number' && wire * 1000 >= UNKNOWN_BELOW_MS && wire < MAX_SECONDS) return wire;
  const time = normalizeTime(wire);
  return typeof time === 'string' ? Date.parse(time) / 1000 : undefined;
}

/** When something happened as a member of a schema. */
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
  if (count === undefined) return undefined;
  if (count < MAX_SECONDS) return count * 1000;
  if (count < MAX_SECONDS * 1e3) return count;
  const ms = Math.floor(count < MAX_SECONDS * 1e6 ? count / 1e3 : count / 1e6);
  return ms < MAX_FINE_MS || ms >= NEVER_FROM_MS ? ms : undefined;
}

/** A time of day without a zone: gateways keep theirs in UTC, and nobody's is that of this computer. */
const WITHOUT_ZONE = /^[\d+-]+[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** More than any gateway offers, and as many as can be shown, searched and kept for each of many keys. */
const MAX_MODELS = 2000;

/** Names of models, and how many more were told than are kept. */
interface ModelNames {
  readonly models: readonly string[];
  readonly modelsMore?: number;
}

/** Model names from any of the shapes gateways use: `{name: true}`, `"a,b"`, `["a", "b"]`. */
export function normalizeModelNames(wire: unknown): ModelNames {
  const names = sanitizeNames(namesIn(wire));
  if (names.length <= MAX_MODELS) return { models: names };
  return { models: names.slice(0, MAX_MODELS), modelsMore: names.length - MAX_MODELS };
}

function namesIn(wire: unknown): readonly string[] {
  if (typeof wire === 'string') return wire.split(',');
  if (Array.isArray(wire)) return wire.filter(name => typeof name === 'string');
  return typeof wire === 'object' && wire !== null ? Object.keys(wire) : [];
}

function sanitizeNames(names: readonly string[]): string[] {
  return [...new Set(names.map(name => sanitizeText(name, 200)).filter(name => name !== ''))];
}

/** What almost every name is: nothing there to take out, and nothing to copy. */
const ALREADY_PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Signs without a look of their own, but for those that a script writes with: numbers and ends of verses in Arabic,
 * Kaithi and their relatives, the sign that parts the last vowel of a Mongolian word, and flags of regions, which are
 * spelled with tags behind a black flag.
 */
const INVISIBLE =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F})|(?![\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]|(?<=\p{Script=Mongolian})\u180E(?=\p{Script=Mongolian}))[\p{Cf}\p{Co}\p{Cs}]/gu;
/** What joins emoji to one, and tells letters of Persian and Indian scripts how to stand side by side. */
const JOINER = /^[\u200C\u200D]$/;
/** A joiner that joins nothing: at an end, beside a space, between letters that need none. */
const LOOSE_JOINER =
  /(?<![[\p{L}\p{M}\p{N}\p{S}]--[ -~]])[\u200C\u200D]+|[\u200C\u200D]+(?![[\p{L}\p{M}\p{N}\p{S}]--[ -~]])/gv;

/**
 * Text from a gateway made harmless to show: no control or direction characters, no endless length.
 * Markup is left as it is, because every view shows text as text.
 */
export function sanitizeText(text: string, maxLength: number): string {
  if (text.length <= maxLength && ALREADY_PLAIN.test(text)) return text;
  const prefix = text.length > maxLength * 2 ? text.slice(0, maxLength * 2) : text;
  const clean = prefix
    .replace(INVISIBLE, (sign, flag?: string) => flag ?? (JOINER.test(sign) ? sign : ''))
    .replace(LOOSE_JOINER, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...clean];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : clean;
}
