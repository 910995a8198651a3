import { exec, type JsonValue } from 'jsonpath-rfc9535';
import parse from 'jsonpath-rfc9535/parser';
import type { DescriptionMistake, FoundType } from '../../core/quota/descriptionMistake.ts';

export const MAX_JSON_PATH_LENGTH = 200;
const MAX_SEGMENTS = 16;
/** No answer has larger indexes, and beyond a number's exact range an index would turn into another. */
const MAX_INDEX = 9999;

/** How many values of an answer all paths of a description may look at together. */
const MAX_LOOKS = 40_000;

const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g;

/**
 * What is wrong with a JSON path (RFC 9535); undefined for one that may be evaluated. Functions are refused before it is
 * parsed, since `match` and `search` take a pattern that can hold the program for as long as it likes. So is what could
 * look at each part of an answer more than a few times.
 */
export function jsonPathMistake(path: unknown): DescriptionMistake | undefined {
  if (typeof path !== 'string') return 'not-text';
  if (path.length > MAX_JSON_PATH_LENGTH) return 'too-long';
  // Brackets of this form belong to functions, and to groups, which nobody needs.
  if (path.replace(QUOTED, '').includes('(')) return 'with-function';
  let parsed: unknown;
  try {
    parsed = parse(path);
  } catch {
    return 'not-json-path';
  }
  return mistakeIn(parsed);
}

/** A part of a parsed path, by the name of what it is. */
interface Part {
  readonly type: string;
  readonly [member: string]: unknown;
}

function mistakeIn(parsed: unknown): DescriptionMistake | undefined {
  const parts = partsOf(parsed);
  const count = (type: string) => parts.filter(part => part.type === type).length;
  const segments = count('ChildSegment') + count('DescendantSegment') + count('SingularQuerySegment');
  const isBroad =
    segments > MAX_SEGMENTS ||
    // `..` looks at the whole answer: twice in one path, or in a filter, it would do so for each part of it.
    count('DescendantSegment') > 1 ||
    count('FilterSelector') > 1 ||
    parts.some(comparesParts) ||
    filtersOf(parts).some(filter => partsOf(filter).some(({ type }) => LOOKS_AT_ALL.has(type))) ||
    parts.some(({ selectors }) => Array.isArray(selectors) && selectors.length > 1) ||
    parts.some(isFarIndex);
  return isBroad ? 'too-broad' : undefined;
}

/** The parts of a filter that look at more than one place each time the filter is tried. */
const LOOKS_AT_ALL: ReadonlySet<string> = new Set([
  'DescendantSegment',
  'JsonPathQuery',
  'AbsSingularQuery',
  'WildcardSelector',
  'SliceSelector',
]);

/** Comparing two parts of an answer goes through all they contain, each time the filter is tried. */
function comparesParts({ type, left, right }: Part): boolean {
  const isLiteral = (side: unknown) => (side as Part).type === 'Literal';
  return type === 'ComparisonExpr' && !isLiteral(left) && !isLiteral(right);
}

function filtersOf(parts: readonly Part[]): readonly unknown[] {
  return parts.filter(({ type }) => type === 'FilterSelector').map(({ value }) => value);
}

function isFarIndex({ type, value, start, end, step }: Part): boolean {
  const numbers = type === 'IndexSelector' ? [value] : type === 'SliceSelector' ? [start, end, step] : [];
  return numbers.some(number => typeof number === 'number' && Math.abs(number) > MAX_INDEX);
}

/** All parts of a parsed path, itself included. */
function partsOf(value: unknown): readonly Part[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(partsOf);
  const inner = Object.values(value).flatMap(partsOf);
  return 'type' in value && typeof value.type === 'string' ? [value as Part, ...inner] : inner;
}

/** Whether trying all paths on a large answer would take long: each path that searches may look at all of it. */
export function searchesTooMuch(answer: unknown, paths: readonly string[]): boolean {
  const searching = paths.filter(path => /\.\.|[*?:]/.test(path.replace(QUOTED, '')));
  return searching.length * valuesIn(answer) > MAX_LOOKS;
}

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + valuesIn(inner), 1);
}

/** What stands at a path of an answer. */
export type Found = { readonly type: FoundType; readonly value?: unknown };

/** Ends an evaluation at the second result. */
class SecondResult extends Error {}

/** The one value at a valid path, see `jsonPathMistake`. */
export function findValue(answer: unknown, path: string): Found {
  const values: unknown[] = [];
  try {
    exec(answer as JsonValue, path, value => {
      if (values.push(value) > 1) throw new SecondResult();
    });
  } catch (error) {
    if (error instanceof SecondResult) return { type: 'several' };
    throw error;
  }
  const [value] = values;
  return values.length === 0 ? { type: 'nothing' } : { type: foundTypeOf(value), value };
}

function foundTypeOf(value: unknown): FoundType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'boolean':
      return 'flag';
    case 'number':
      return 'number';
    default:
      return 'object';
  }
}
