import * as fc from 'fast-check';
import type { UnitOverride } from '../../src/core/quota/unit.ts';
import type { Site } from '../../src/gateways/site.ts';
import type { GatewayResponse } from '../../src/http/transport.ts';
import { figuresIn, isOneOf, numbersIn } from './numbers.ts';

/** What a gateway may say of itself, already read. */
export const sites: fc.Arbitrary<Site | undefined> = fc.option(
  fc.record({
    unitsPerDollar: fc.option(fc.constantFrom(500_000, 1, 1_000_000, 0.5), { nil: undefined }),
    display: fc.constantFrom<Site['display']>('USD', 'CNY', 'TOKENS', 'CUSTOM', undefined),
    yuanPerDollar: fc.option(fc.constantFrom(7.3, 1), { nil: undefined }),
    customSymbol: fc.constantFrom('¤', undefined),
    customPerDollar: fc.option(fc.constantFrom(0.9, 100), { nil: undefined }),
    sumsHours: fc.constantFrom(true, false, undefined),
  }),
  { nil: undefined },
);

export const overrides: fc.Arbitrary<UnitOverride | undefined> = fc.constantFrom<UnitOverride | undefined>(
  undefined,
  undefined,
  { unit: 'USD' },
  { unit: 'CNY' },
  { unit: 'display' },
  { unit: 'units' },
  { unitsPerDollar: 250_000 },
);

/** Every number by which a gateway's number may be divided on the way to the screen. */
const DIVISORS = [500_000, 1, 1_000_000, 0.5, 250_000].flatMap(perDollar => [
  perDollar,
  perDollar / 7.3,
  perDollar / 0.9,
  perDollar / 100,
]);
const RATES = [1, 7.3, 0.9, 100, 1 / 7.3, 1 / 0.9, 0.01];
const DIVISORS_ALL = [
  ...new Set([1, ...DIVISORS, ...RATES.flatMap(rate => RATES.map(other => rate * other))]),
];

/** Small numbers that count rows and pages. */
const COUNTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 50];

/** Leaves of plain data that are numbers. */
function numberLeaves(data: unknown, found: number[] = []): number[] {
  if (typeof data === 'number') found.push(data);
  else if (typeof data === 'object' && data !== null)
    for (const each of Object.values(data)) numberLeaves(each, found);
  return found;
}

/**
 * What is wrong with what was read: a number that is none, or that no answer held. Sums over rows are
 * only looked at for the first.
 */
export function strangeFigure(
  output: unknown,
  given: readonly GatewayResponse[],
  sums: boolean,
): string | undefined {
  if (output === undefined) return undefined;
  const numbers = numberLeaves(output);
  const odd = numbers.find(each => !Number.isFinite(each) || Object.is(each, -0));
  if (odd !== undefined) return `${odd} is no figure`;
  const held = given.flatMap(({ text }) => (text === undefined ? [] : numbersOf(text)));
  // Billing counts usage in hundredths.
  const parts = [...new Set([...held, ...held.map(number => number / 100)])];
  // Of two numbers in one answer, however many there are in the others.
  const ofOne = given.flatMap(({ text }) => (text === undefined ? [] : differences(numbersOf(text))));
  const known = [...new Set([...parts, ...differences(parts), ...ofOne])];
  const strange = sums
    ? undefined
    : numbers.find(each => !isOneOf(each, COUNTS) && !DIVISORS_ALL.some(by => isOneOf(each, known, by)));
  return strange === undefined ? undefined : `${strange} is in no answer`;
}

function numbersOf(text: string): number[] {
  try {
    return numbersIn(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    // Events, or what was damaged on the way.
    const lines = [...text.matchAll(/^data: (.+)$/gm)].map(([, line = '']) => line);
    const events = lines.length > 1 ? lines.flatMap(numbersOf) : [];
    return [...events, ...figuresIn(text.slice(0, 4000)).map(({ value }) => value)];
  }
}

/** A total that is not told may be a difference of two that are. */
function differences(numbers: readonly number[]): number[] {
  return numbers.length > 80 ? [] : numbers.flatMap(a => numbers.map(b => a - b));
}
