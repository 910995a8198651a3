import { SCALES, UNIT_CODES, UNIT_OVERRIDES } from '../../core/quota/unit.ts';
import { WARNING_KINDS } from '../../core/warnings/warning.ts';
import { STATUS_BAR_ALIGNMENTS, STATUS_BAR_ITEMS, STATUS_BAR_STYLES } from './statusBarChoices.ts';

/**
 * A setting in the words of a JSON schema, as VS Code's manifest takes it. Its texts follow from its name:
 * `setting.<name>`, `setting.<name>.<choice>`, and `setting.<name>.error` beside a pattern.
 */
export interface SettingSchema {
  readonly type: string | readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  /** The name of its error text, where several members share one. */
  readonly errorOf?: string;
  readonly enum?: readonly string[];
  /** Whether the choices say themselves what they are, and need no texts. */
  readonly plainChoices?: boolean;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: SettingSchema;
  readonly uniqueItems?: boolean;
  /** Members with a text of their own each. */
  readonly parts?: Readonly<Record<string, SettingSchema>>;
  /** Members whose names need no text. */
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: boolean | SettingSchema;
  readonly required?: readonly string[];
  /** Whether the text of a part is Markdown; those of whole settings are always allowed to be. */
  readonly markdown?: boolean;
}

/** A whole setting. None can be set by a workspace: the script that writes the manifest gives all the same scope. */
export interface SettingEntry extends SettingSchema {
  readonly default: unknown;
  /** Its place in the settings editor. */
  readonly order: number;
  readonly tags?: readonly string[];
}

const ONLINE = ['usesOnlineServices'];
const MINUTES = { type: 'number', minimum: 1, maximum: 1440 } as const;
const AMOUNT = { type: 'number', minimum: 0 } as const;
const AMOUNTS = { type: 'array', items: { type: 'number', exclusiveMinimum: 0 } } as const;

/** The settings of one gateway. */
export const gatewayParts = {
  unit: { type: 'string', enum: UNIT_OVERRIDES, default: 'auto' },
  unitsPerDollar: { type: 'number', minimum: SCALES[0], maximum: SCALES[1] },
  pollMinutes: MINUTES,
  share: {
    type: ['string', 'integer'],
    pattern: '^auto$',
    minimum: 1,
    maximum: 1000,
    default: 'auto',
    markdown: true,
  },
  proxy: {
    type: 'string',
    pattern: '^(default|direct|(https?|socks5)://[^/@\\s]+/?)$',
    default: 'default',
    markdown: true,
  },
  caFile: { type: 'string' },
  allowHttp: { type: 'boolean', default: false },
} as const satisfies Readonly<Record<string, SettingSchema>>;

/**
 * Every setting, by its name without `keyQuota.`: `npm run manifest` writes them into package.json, and the functions
 * that read settings take defaults and bounds from here.
 */
export const settingEntries = {
  pollMinutes: { ...MINUTES, default: 5, order: 1, tags: ONLINE },
  lowPercent: { type: 'number', default: 20, minimum: 0, maximum: 100, order: 2 },
  lowAmounts: {
    type: 'object',
    default: { USD: 1, CNY: 7 },
    properties: byName(UNIT_CODES, AMOUNT),
    additionalProperties: false,
    order: 3,
  },
  timeoutSeconds: { type: 'number', default: 15, minimum: 1, maximum: 120, order: 4, tags: ONLINE },
  gateways: {
    type: 'object',
    default: {},
    additionalProperties: { type: 'object', parts: gatewayParts, additionalProperties: false },
    order: 5,
  },
  // Its members are in `descriptionParts.ts`, since nothing of them is needed at the start.
  describedGateways: { type: 'object', default: {}, order: 6 },
  'history.rawDays': { type: 'integer', default: 30, minimum: 1, maximum: 3650, order: 10 },
  'history.hourlyDays': { type: 'integer', default: 365, minimum: 1, maximum: 36_500, order: 11 },
  'history.ledgerDays': { type: 'integer', default: 1100, minimum: 40, maximum: 36_500, order: 12 },
  'review.listPriceRatio': { type: ['number', 'null'], default: null, exclusiveMinimum: 0, order: 20 },
  'warnings.enabled': { type: 'boolean', default: true, order: 20 },
  'warnings.kinds': {
    type: 'object',
    default: { ...byName(WARNING_KINDS, true), refill: false },
    parts: byName(WARNING_KINDS, { type: 'boolean' }),
    additionalProperties: false,
    order: 21,
  },
  'warnings.expiryDays': {
    type: 'array',
    default: [7, 3, 1],
    items: { type: 'number', exclusiveMinimum: 0, maximum: 3650 },
    uniqueItems: true,
    order: 22,
  },
  'warnings.percents': {
    type: 'array',
    default: [5],
    items: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
    uniqueItems: true,
    order: 23,
  },
  'warnings.amounts': {
    type: 'object',
    default: { USD: [0.25], CNY: [1.75] },
    properties: byName(UNIT_CODES, AMOUNTS),
    additionalProperties: false,
    order: 24,
  },
  'warnings.spendFactor': { type: 'number', default: 3, minimum: 0, maximum: 1000, order: 25 },
  'warnings.quietHours': {
    type: 'string',
    default: '',
    pattern: '^$|^\\s*([01]?\\d|2[0-3]):[0-5]\\d\\s*[-–]\\s*(([01]?\\d|2[0-3]):[0-5]\\d|24:00)\\s*$',
    order: 26,
  },
  'spending.monthBegins': { type: 'integer', default: 1, minimum: 1, maximum: 28, order: 30 },
  'spending.warnAt': {
    type: 'array',
    default: [80, 100],
    items: { type: 'number', exclusiveMinimum: 0, maximum: 1000 },
    uniqueItems: true,
    order: 31,
  },
  'statusBar.visible': { type: 'boolean', default: true, order: 40 },
  'statusBar.style': { type: 'string', default: 'amount', enum: STATUS_BAR_STYLES, order: 41 },
  'statusBar.items': { type: 'string', default: 'combined', enum: STATUS_BAR_ITEMS, order: 42 },
  'statusBar.alignment': { type: 'string', default: 'right', enum: STATUS_BAR_ALIGNMENTS, order: 43 },
  'statusBar.maxLength': { type: 'integer', default: 50, minimum: 0, maximum: 500, order: 44 },
  'statusBar.colors': { type: 'boolean', default: true, order: 45 },
  'agents.enabled': { type: 'boolean', default: true, order: 60 },
  'agents.names': { type: 'boolean', default: false, order: 61 },
} as const satisfies Readonly<Record<string, SettingEntry>>;

function byName<Name extends string, T>(names: readonly Name[], value: T): Readonly<Record<Name, T>> {
  return Object.fromEntries(names.map(name => [name, value])) as Record<Name, T>;
}
