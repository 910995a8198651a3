import { parseOwnJson } from '../core/ownJson.ts';
import { WINDOW_SCOPES, WINDOW_UNITS } from '../core/quota/quotaWindow.ts';
import { UNIT_CODES } from '../core/quota/unit.ts';

/**
 * The shape that a value must have: a time in ISO 8601, a simple type, either of several, a list, one of some words, or
 * members by name.
 */
type Shape = 'text' | 'time' | 'number' | 'flag' | 'nothing' | readonly Shape[] | ListOf | Words | Members;
interface ListOf {
  readonly each: Shape;
}
interface Words {
  readonly words: readonly string[];
}
interface Members {
  readonly must?: Readonly<Record<string, Shape>>;
  readonly may?: Readonly<Record<string, Shape>>;
}

const QUOTA_SHAPE: Members = { may: { used: 'number', remaining: 'number', granted: 'number' } };
const END: Shape = ['time', 'nothing'];
const MODELS: Shape = [{ each: 'text' }, 'nothing'];

const WINDOWS: ListOf = {
  each: {
    must: { name: 'text', unit: { words: WINDOW_UNITS } },
    may: {
      scope: { words: WINDOW_SCOPES },
      scopeName: 'text',
      used: 'number',
      limit: ['number', 'nothing'],
      remaining: 'number',
      resetsAt: 'time',
      every: 'text',
    },
  },
};

/** The members that the rest of the program relies on; a member that is not named here may be anything. */
const READING: Members = {
  must: { takenAt: 'time', unit: { must: { code: 'text' }, may: { symbol: 'text' } } },
  may: {
    name: 'text',
    gatewayName: 'text',
    quota: { must: { unlimited: 'flag' }, ...QUOTA_SHAPE },
    account: {
      may: {
        balance: 'number',
        balances: { each: { must: { unit: { words: UNIT_CODES }, amount: 'number' } } },
        usable: 'flag',
        used: 'number',
        requests: 'number',
        name: 'text',
      },
    },
    accountKeys: {
      each: {
        must: { name: 'text' },
        may: {
          trueName: 'text',
          takenAt: 'time',
          unit: { must: { code: 'text' }, may: { symbol: 'text' } },
          ...QUOTA_SHAPE.may,
          expiresAt: END,
          models: MODELS,
          modelsMore: 'number',
          group: 'text',
        },
      },
    },
    expiresAt: END,
    models: MODELS,
    modelsMore: 'number',
    group: 'text',
    budget: {
      must: { spent: 'number', limit: ['number', 'nothing'] },
      may: { resetsAt: 'time', every: 'text' },
    },
    windows: WINDOWS,
    plans: WINDOWS,
    plan: { may: { name: 'text', status: 'text', expiresAt: 'time' } },
    unreadable: { each: 'text' },
    missingScopes: { each: 'text' },
    rateLimits: { may: { rpm: 'number', tpm: 'number' } },
  },
};
const FAILURE: Members = {
  must: { class: 'text', reason: 'text' },
  may: { status: 'number', target: 'text', words: 'text', scope: 'text', retryAfterMs: 'number' },
};
const FORECAST: Members = { must: { confidence: 'text' }, may: { lastsUntil: 'time', perDay: 'number' } };
const SPEND: Members = {
  must: {
    ...{ today: 'number', week: 'number', calendarWeek: 'number', month: 'number' },
    ...{ since: 'time', days: { each: 'number' } },
  },
  may: { undividedAt: { each: 'time' }, monthFrom: 'time', until: 'time', complete: 'flag' },
};
const MEMORY: Members = {
  may: {
    limit: 'number',
    used: 'number',
    left: 'number',
    limitAt: 'number',
    ownAt: 'number',
    listedId: 'number',
    confirmAt: 'number',
    listDoubtedAt: 'number',
    usedOfDay: 'number',
    usedOfDaySince: 'number',
    listedLimit: 'number',
    listedUsed: 'number',
    detailsAt: 'number',
    refusal: 'text',
    meaning: { must: { class: 'text', reason: 'text' } },
    toldEveryMs: 'number',
    toldSpend: { must: { unitId: 'text', day: 'number', monthBegins: 'number', spend: SPEND } },
  },
};

/** The shape of each JSON column that the tables parse. */
export const SHAPES = { reading: READING, failure: FAILURE, forecast: FORECAST, memory: MEMORY } as const;

/**
 * Parses JSON that we stored. Text of another shape was damaged in a way that SQLite does not detect: it counts as not
 * known, and the key is asked again.
 */
export function parseStored<T>(text: unknown, shape: Members): T | undefined {
  if (typeof text !== 'string') return undefined;
  return parseOwnJson(text, (value): value is T => fits(value, shape));
}

function fits(value: unknown, shape: Shape): boolean {
  if (Array.isArray(shape)) return shape.some(each => fits(value, each));
  switch (shape) {
    case 'text':
      return typeof value === 'string';
    case 'time':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'nothing':
      return value === null;
  }
  if ('words' in shape) return typeof value === 'string' && shape.words.includes(value);
  if (typeof value !== 'object' || value === null) return false;
  if ('each' in shape) return Array.isArray(value) && value.every(each => fits(each, shape.each));
  const members = value as Readonly<Record<string, unknown>>;
  const { must = {}, may = {} } = shape as Members;
  return (
    !Array.isArray(value) &&
    Object.entries(must).every(([name, each]) => fits(members[name], each)) &&
    Object.entries(may).every(([name, each]) => members[name] === undefined || fits(members[name], each))
  );
}

/** A time in epoch milliseconds within the range of `Date`. */
export function timeFrom(value: unknown): number | undefined {
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime()) ? value : undefined;
}
