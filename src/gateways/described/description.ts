import { parseBaseUrl } from '../../core/input/parseBaseUrl.ts';
import { isMembers } from '../../core/ownJson.ts';
import type { DescriptionMistake } from '../../core/quota/descriptionMistake.ts';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import { sanitizeText } from '../sanitizeText.ts';
import {
  type DESCRIBED_UNITS,
  type DescriptionParts,
  descriptionParts,
  JSON_PATH_PATTERN,
  MAX_NAME_LENGTH,
  windowParts,
} from './descriptionParts.ts';
import { jsonPathMistake } from './jsonPath.ts';
import { requestPathMistake } from './requestPath.ts';

/** What the amounts of a description are counted in. */
export type DescribedUnit = (typeof DESCRIBED_UNITS)[number];

/** A quota window as a description has it; all but the name are where to look in the answer. */
export interface DescribedWindow {
  readonly name: string;
  readonly used?: string;
  readonly limit?: string;
  readonly remaining?: string;
  /** `money` is in the unit of the whole description. */
  readonly unit?: QuotaWindow['unit'];
  /** Where it is absent, money is divided as in the whole description. */
  readonly divisor?: number;
  readonly resetsAt?: string;
}

/** A gateway as the user describes it: what to ask, and where in the answer which figure is. */
export interface Description {
  /** Offered where a key is added; a key keeps the address that it was added with. */
  readonly address?: string;
  readonly path: string;
  readonly secretIn?: (typeof descriptionParts)['secretIn']['enum'][number];
  readonly of?: 'key' | 'account';
  readonly remaining?: string;
  readonly used?: string;
  readonly total?: string;
  readonly unlimited?: string;
  readonly expiresAt?: string;
  readonly unit?: DescribedUnit;
  /** What to call the unit `custom`. */
  readonly symbol?: string;
  /** The gateway's numbers per one unit. */
  readonly divisor?: number;
  readonly windows?: readonly DescribedWindow[];
  readonly callsPerHour?: number;
}

/** What is wrong, and with which member. */
interface Mistake {
  readonly at?: string;
  readonly mistake: DescriptionMistake;
}

/** A description as it can be used, or the first mistake in it. */
export type ParsedDescription =
  | { readonly description: Description; readonly mistake?: never }
  | { readonly description?: never; readonly mistake: Mistake };

/** Parses what a settings file says of a gateway, which may be anything. Nothing is corrected in silence. */
export function parseDescription(name: string, raw: unknown): ParsedDescription {
  const mistake = mistakeIn(name, raw);
  return mistake ? { mistake } : { description: raw as Description };
}

function mistakeIn(name: string, raw: unknown): Mistake | undefined {
  if (!isDescriptionName(name)) return { mistake: 'bad-name' };
  if (!isMembers(raw)) return { mistake: 'no-members' };
  return (
    firstMistake(Object.entries(raw), ([member, value]) => memberMistake(descriptionParts, member, value)) ??
    (raw.path === undefined ? { at: 'path', mistake: 'missing' } : undefined) ??
    pathMistakeIn(raw) ??
    addressMistakeIn(raw) ??
    windowMistakeIn(raw) ??
    figureMistakeIn(raw)
  );
}

/** Whether a gateway can have this name: the shown name has to be the one that is looked up. */
export function isDescriptionName(name: string): boolean {
  return name !== '' && name.length <= MAX_NAME_LENGTH && sanitizeText(name, MAX_NAME_LENGTH) === name;
}

function firstMistake<T>(
  items: readonly T[],
  mistakeOf: (item: T) => Mistake | undefined,
): Mistake | undefined {
  for (const item of items) {
    const mistake = mistakeOf(item);
    if (mistake) return mistake;
  }
  return undefined;
}

/** A member by its type, its choices and its bounds. */
function memberMistake(
  parts: DescriptionParts,
  member: string,
  value: unknown,
  before = '',
): Mistake | undefined {
  const at = before + sanitizeText(member, 40);
  const part = Object.hasOwn(parts, member) ? parts[member] : undefined;
  if (!part) return { at, mistake: 'unknown-member' };
  if (part.type === 'array') return Array.isArray(value) ? undefined : { at, mistake: 'not-list' };
  if (part.type !== 'string') return isWithin(part, value) ? undefined : { at, mistake: 'not-number' };
  if (typeof value !== 'string') return { at, mistake: 'not-text' };
  if (part.enum) return part.enum.includes(value) ? undefined : { at, mistake: 'not-choice' };
  if (part.pattern === JSON_PATH_PATTERN) return withPlace(at, jsonPathMistake(value));
  return value.length > (part.maxLength ?? 0) ? { at, mistake: 'too-long' } : undefined;
}

function isWithin({ type, minimum = 0, maximum = 0 }: DescriptionParts[string], value: unknown): boolean {
  if (typeof value !== 'number' || !(value >= minimum && value <= maximum)) return false;
  return type === 'number' || Number.isInteger(value);
}

function withPlace(at: string, mistake: DescriptionMistake | undefined): Mistake | undefined {
  return mistake && { at, mistake };
}

type Raw = Readonly<Record<string, unknown>>;

function pathMistakeIn({ path }: Raw): Mistake | undefined {
  return withPlace('path', requestPathMistake(path));
}

/** Whether plain http is allowed is asked where a key is added, by the settings of that address. */
function addressMistakeIn({ address }: Raw): Mistake | undefined {
  if (address === undefined) return undefined;
  const { problem } = parseBaseUrl(String(address), () => true);
  return problem ? { at: 'address', mistake: 'not-address' } : undefined;
}

function windowMistakeIn({ windows }: Raw): Mistake | undefined {
  if (windows === undefined) return undefined;
  const list = windows as readonly unknown[];
  if (list.length > descriptionParts.windows.maxItems) return { at: 'windows', mistake: 'too-many' };
  return firstMistake([...list.entries()], ([index, window]) =>
    oneWindowMistake(`windows[${index}]`, window),
  );
}

function oneWindowMistake(at: string, window: unknown): Mistake | undefined {
  if (!isMembers(window)) return { at, mistake: 'no-members' };
  const { name, used, limit, remaining, unit } = window;
  const wrong = firstMistake(Object.entries(window), ([member, value]) =>
    memberMistake(windowParts, member, value, `${at}.`),
  );
  if (wrong) return wrong;
  if (name === undefined) return { at: `${at}.name`, mistake: 'missing' };
  if (name === '' || sanitizeText(String(name), 20) !== name)
    return { at: `${at}.name`, mistake: 'bad-name' };
  if (used === undefined && remaining === undefined) return { at, mistake: 'no-figures' };
  // Without a limit nothing is known to be left, and only per cent are of a limit that everybody knows.
  if (limit === undefined && unit !== 'percent') return { at: `${at}.limit`, mistake: 'no-limit' };
  return undefined;
}

/** A description has to name at least one figure, and none of its members may be without effect. */
function figureMistakeIn(raw: Raw): Mistake | undefined {
  const { remaining, used, total, unlimited, windows, unit, symbol, of } = raw;
  const hasFigures = [remaining, used, total, unlimited].some(path => path !== undefined);
  if (!hasFigures && !(Array.isArray(windows) && windows.length > 0)) return { mistake: 'no-figures' };
  if (symbol !== undefined && unit !== 'custom') return { at: 'symbol', mistake: 'needless' };
  if (of === 'account') {
    const needless = ['total', 'unlimited'].find(member => raw[member] !== undefined);
    if (needless) return { at: needless, mistake: 'needless' };
  }
  const isCount = unit === 'requests' || unit === 'percent';
  if (isCount && of === 'account') return { at: 'of', mistake: 'needless' };
  if (isCount && unlimited !== undefined) return { at: 'unlimited', mistake: 'needless' };
  if (unit === 'requests' && hasFigures && total === undefined) return { at: 'total', mistake: 'no-limit' };
  return undefined;
}
