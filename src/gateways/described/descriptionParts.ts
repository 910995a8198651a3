import { WINDOW_UNITS } from '../../core/quota/quotaWindow.ts';
import { HEADERS_FOR_SECRETS, QUERY_NAMES_FOR_SECRETS } from '../../http/secretPlaces.ts';
import { MAX_WINDOWS } from '../maxWindows.ts';
import { MAX_JSON_PATH_LENGTH } from './jsonPath.ts';
import { MAX_PATH_LENGTH } from './requestPath.ts';

/** One member, in the words of a JSON schema. */
interface DescriptionPart {
  readonly type: 'string' | 'number' | 'integer' | 'array';
  readonly enum?: readonly string[];
  readonly plainChoices?: true;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly errorOf?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly maxItems?: number;
  readonly items?: object;
}

export type DescriptionParts = Readonly<Record<string, DescriptionPart>>;

export const MAX_NAME_LENGTH = 60;
const MAX_CALLS_PER_HOUR = 3600;

/** Where a secret may go: into `Authorization`, a header of the list, or the address, which needs the user's consent. */
export const SECRET_PLACES = [
  'bearer',
  'raw',
  ...HEADERS_FOR_SECRETS.map(name => `header ${name}` as const),
  ...QUERY_NAMES_FOR_SECRETS.map(name => `query ${name}` as const),
] as const;

/** What amounts can be counted in. `custom` is money or points of another name. */
export const DESCRIBED_UNITS = ['USD', 'CNY', 'tokens', 'requests', 'percent', 'custom'] as const;

/** How every path within an answer begins. */
export const JSON_PATH_PATTERN = '^\\$';

const JSON_PATH = {
  type: 'string',
  maxLength: MAX_JSON_PATH_LENGTH,
  pattern: JSON_PATH_PATTERN,
  errorOf: 'jsonPath',
} as const;
const [LEAST_DIVISOR, MOST_DIVISOR] = [1e-9, 1e12];
const DIVISOR = { type: 'number', minimum: LEAST_DIVISOR, maximum: MOST_DIVISOR, default: 1 } as const;
const UNIT = { type: 'string', enum: DESCRIBED_UNITS, plainChoices: true, default: 'USD' } as const;

/** The members of a window in a description. */
export const windowParts = {
  name: { type: 'string', maxLength: 20 },
  used: JSON_PATH,
  limit: JSON_PATH,
  remaining: JSON_PATH,
  unit: { type: 'string', enum: WINDOW_UNITS, plainChoices: true, default: 'money' },
  divisor: { type: 'number', minimum: LEAST_DIVISOR, maximum: MOST_DIVISOR },
  resetsAt: JSON_PATH,
} as const satisfies DescriptionParts;

/**
 * The members of a description, in the words of a JSON schema: `npm run manifest` writes them into package.json, and
 * `parseDescription` takes choices and bounds from here.
 */
export const descriptionParts = {
  address: { type: 'string', maxLength: 300 },
  path: { type: 'string', maxLength: MAX_PATH_LENGTH, pattern: '^/' },
  secretIn: { type: 'string', enum: SECRET_PLACES, plainChoices: true, default: 'bearer' },
  of: { type: 'string', enum: ['key', 'account'], plainChoices: true, default: 'key' },
  remaining: JSON_PATH,
  used: JSON_PATH,
  total: JSON_PATH,
  unlimited: JSON_PATH,
  expiresAt: JSON_PATH,
  unit: UNIT,
  symbol: { type: 'string', maxLength: 8 },
  divisor: DIVISOR,
  windows: {
    type: 'array',
    maxItems: MAX_WINDOWS,
    items: { type: 'object', parts: windowParts, required: ['name'], additionalProperties: false },
  },
  callsPerHour: { type: 'integer', minimum: 1, maximum: MAX_CALLS_PER_HOUR, default: 60 },
} as const satisfies DescriptionParts;
