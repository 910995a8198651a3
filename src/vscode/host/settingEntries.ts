import { UNIT_CODES } from '../../core/quota/unit.ts';
import {
  HOURLY_DAYS,
  LEDGER_DAYS,
  LOW_AMOUNTS,
  LOW_PERCENT,
  MONTH_BEGINS,
  POLL_MINUTES,
  RAW_DAYS,
  TIMEOUT_SECONDS,
} from '../../core/settingDefaults.ts';
import { WARNING_KINDS } from '../../core/warnings/warning.ts';
import { gatewayParts, MINUTES } from './gatewayParts.ts';
import type { SettingEntry } from './settingSchema.ts';
import { STATUS_BAR_ALIGNMENTS, STATUS_BAR_ITEMS, STATUS_BAR_STYLES } from './statusBarChoices.ts';

const ONLINE = ['usesOnlineServices'];
const AMOUNT = { type: 'number', minimum: 0 } as const;
const AMOUNTS = { type: 'array', items: { type: 'number', exclusiveMinimum: 0 } } as const;

/**
 * Every setting, by its name without `keyQuota.`: `npm run manifest` writes them into package.json, and the functions
 * that read settings take defaults and bounds from here.
 */
export const settingEntries = {
  pollMinutes: { ...MINUTES, default: POLL_MINUTES, group: 'general', order: 1, tags: ONLINE },
  lowPercent: { type: 'number', default: LOW_PERCENT, minimum: 0, maximum: 100, group: 'general', order: 2 },
  lowAmounts: {
    type: 'object',
    default: LOW_AMOUNTS,
    properties: byName(UNIT_CODES, AMOUNT),
    additionalProperties: false,
    group: 'general',
    order: 3,
  },
  timeoutSeconds: {
    type: 'number',
    default: TIMEOUT_SECONDS,
    minimum: 1,
    maximum: 120,
    group: 'gateways',
    order: 3,
    tags: ONLINE,
  },
  gateways: {
    type: 'object',
    default: {},
    additionalProperties: { type: 'object', parts: gatewayParts, additionalProperties: false },
    group: 'gateways',
    order: 1,
  },
  // Its members are in `descriptionParts.ts`, since nothing of them is needed at the start.
  describedGateways: { type: 'object', default: {}, group: 'gateways', order: 2 },
  'history.rawDays': {
    type: 'integer',
    default: RAW_DAYS,
    minimum: 1,
    maximum: 3650,
    group: 'history',
    order: 3,
  },
  'history.hourlyDays': {
    type: 'integer',
    default: HOURLY_DAYS,
    minimum: 1,
    maximum: 36_500,
    group: 'history',
    order: 4,
  },
  'history.ledgerDays': {
    type: 'integer',
    default: LEDGER_DAYS,
    minimum: 40,
    maximum: 36_500,
    group: 'history',
    order: 5,
  },
  'review.listPriceRatio': {
    type: ['number', 'null'],
    default: null,
    exclusiveMinimum: 0,
    group: 'history',
    order: 6,
  },
  'warnings.enabled': { type: 'boolean', default: true, group: 'warnings', order: 1 },
  'warnings.kinds': {
    type: 'object',
    default: { ...byName(WARNING_KINDS, true), refill: false },
    parts: byName(WARNING_KINDS, { type: 'boolean' }),
    additionalProperties: false,
    group: 'warnings',
    order: 2,
  },
  'warnings.expiryDays': {
    type: 'array',
    default: [7, 3, 1],
    items: { type: 'number', exclusiveMinimum: 0, maximum: 3650 },
    uniqueItems: true,
    group: 'warnings',
    order: 5,
  },
  'warnings.percents': {
    type: 'array',
    default: [5],
    items: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
    uniqueItems: true,
    group: 'warnings',
    order: 3,
  },
  'warnings.amounts': {
    type: 'object',
    default: { USD: [0.25], CNY: [1.75] },
    properties: byName(UNIT_CODES, AMOUNTS),
    additionalProperties: false,
    group: 'warnings',
    order: 4,
  },
  'warnings.spendFactor': {
    type: 'number',
    default: 3,
    minimum: 0,
    maximum: 1000,
    group: 'warnings',
    order: 6,
  },
  'warnings.quietHours': {
    type: 'string',
    default: '',
    pattern: '^$|^\\s*([01]?\\d|2[0-3]):[0-5]\\d\\s*[-–]\\s*(([01]?\\d|2[0-3]):[0-5]\\d|24:00)\\s*$',
    group: 'warnings',
    order: 7,
  },
  'webhook.names': { type: 'boolean', default: false, group: 'warnings', order: 8 },
  'spending.monthBegins': {
    type: 'integer',
    default: MONTH_BEGINS,
    minimum: 1,
    maximum: 28,
    group: 'history',
    order: 1,
  },
  'spending.warnAt': {
    type: 'array',
    default: [80, 100],
    items: { type: 'number', exclusiveMinimum: 0, maximum: 1000 },
    uniqueItems: true,
    group: 'history',
    order: 2,
  },
  hideFigures: { type: 'boolean', default: false, group: 'general', order: 5 },
  'statusBar.visible': { type: 'boolean', default: true, group: 'statusBar', order: 3 },
  'statusBar.style': {
    type: 'string',
    default: 'amount',
    enum: STATUS_BAR_STYLES,
    group: 'statusBar',
    order: 1,
  },
  'statusBar.template': {
    type: 'string',
    default: '{name} {left} · {today}',
    maxLength: 200,
    group: 'statusBar',
    order: 7,
  },
  'statusBar.items': {
    type: 'string',
    default: 'combined',
    enum: STATUS_BAR_ITEMS,
    group: 'statusBar',
    order: 2,
  },
  'statusBar.alignment': {
    type: 'string',
    default: 'right',
    enum: STATUS_BAR_ALIGNMENTS,
    group: 'statusBar',
    order: 6,
  },
  'statusBar.maxLength': {
    type: 'integer',
    default: 50,
    minimum: 0,
    maximum: 500,
    group: 'statusBar',
    order: 5,
  },
  'statusBar.colors': { type: 'boolean', default: true, group: 'statusBar', order: 4 },
  'agents.enabled': { type: 'boolean', default: true, group: 'agents', order: 1 },
  'agents.names': { type: 'boolean', default: false, group: 'agents', order: 2 },
} as const satisfies Readonly<Record<string, SettingEntry>>;

function byName<Name extends string, T>(names: readonly Name[], value: T): Readonly<Record<Name, T>> {
  return Object.fromEntries(names.map(name => [name, value])) as Record<Name, T>;
}
