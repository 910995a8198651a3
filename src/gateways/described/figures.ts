import type { FoundType } from '../../core/quota/descriptionMistake.ts';
import { round6 } from '../../core/quota/unit.ts';
import { parseFlag, parseNumber } from '../fields.ts';
import { normalizeTime } from '../wireTime.ts';
import { findValue } from './jsonPath.ts';

/** The result of looking for a value: the value, or what stands in its place. */
export type Looked<T> =
  | { readonly value: T; readonly found?: never }
  | { readonly value?: never; readonly found: FoundType };

/** A figure as the gateway has it, and as it is shown. */
export interface Figure {
  readonly raw: number;
  readonly amount: number;
}

/**
 * Numbers by which software writes “no limit”, and that are nobody's amount: -1, nines, and the largest numbers of
 * computers.
 */
const NO_AMOUNTS: ReadonlySet<number> = new Set([
  -1,
  99_999_999,
  999_999_999,
  9_999_999_999,
  2 ** 31 - 1,
  2 ** 32 - 1,
  Number.MAX_SAFE_INTEGER,
  2 ** 63,
  2 ** 64,
]);

/** The number at a path, or plain decimal text; anything else is what it is, and never 0. */
function figureAt(answer: unknown, path: string, divisor: number): Looked<Figure> {
  const { type, value } = findValue(answer, path);
  const raw = parseNumber(value);
  return raw === undefined ? { found: type } : { value: { raw, amount: round6(raw / divisor) } };
}

/** The same for a limit, which is never below 0: null where the number stands for “no limit”. */
export function limitAt(answer: unknown, path: string, divisor: number): Looked<Figure | null> {
  const looked = figureAt(answer, path, divisor);
  if (looked.value && isNoAmount(looked.value)) return { value: null };
  return notBelowZero(looked);
}

/** The same for what was used, which is never below 0. */
export function usedAt(answer: unknown, path: string, divisor: number): Looked<Figure> {
  return notBelowZero(amountAt(answer, path, divisor));
}

function notBelowZero(looked: Looked<Figure>): Looked<Figure> {
  return looked.value && looked.value.raw < 0 ? { found: 'number' } : looked;
}

/** The same for an amount, which may be overdrawn. A number that stands for “no limit” is none. */
export function amountAt(answer: unknown, path: string, divisor: number): Looked<Figure> {
  const looked = figureAt(answer, path, divisor);
  return looked.value && isNoAmount(looked.value) ? { found: 'number' } : looked;
}

function isNoAmount({ raw }: Figure): boolean {
  return NO_AMOUNTS.has(raw);
}

/** The yes or no at a path. */
export function flagAt(answer: unknown, path: string): Looked<boolean> {
  const { type, value } = findValue(answer, path);
  const flag = type === 'null' ? undefined : parseFlag(value);
  return flag === undefined ? { found: type } : { value: flag };
}

/** The time at a path, in ISO 8601, seconds or milliseconds; null for never. */
export function timeAt(answer: unknown, path: string): Looked<string | null> {
  const { type, value } = findValue(answer, path);
  const time = normalizeTime(value);
  return time === undefined ? { found: type } : { value: time };
}
