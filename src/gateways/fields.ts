import * as v from 'valibot';

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

/** How many a minute are allowed. 999999999 and more stand for “no limit”. */
export const wireRate = v.pipe(
  wireCount,
  v.check(count => count < NO_LIMIT_FROM),
);

/** What was used or spent. It is never below 0: a negative number stands for “not known”. */
export const wireSpent = v.pipe(
  wireNumber,
  v.check(amount => amount >= 0),
);

/** The same in money or beside a limit: 999999999 and more, which stand for “no limit”, are no amount used. */
export const wireUsed = v.pipe(
  wireSpent,
  v.check(amount => amount < NO_LIMIT_FROM),
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
