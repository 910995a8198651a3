import * as v from 'valibot';
import { SCALES } from '../core/quota/unit.ts';
import { lenient, wireFlag, wireNumber } from './fields.ts';
import { type Lineage, relativeOf } from './newApi/relatives.ts';
import { sanitizeText } from './sanitizeText.ts';
import type { Json } from './wireJson.ts';

/** `GET /api/status`, parsed. Members that are missing or invalid there are absent. */
export interface Site {
  readonly name?: string;
  readonly version?: string;
  /** Raw quota units per one dollar-equivalent. */
  readonly unitsPerDollar?: number;
  readonly display?: 'USD' | 'CNY' | 'TOKENS' | 'CUSTOM';
  /** Yuan per dollar, for display only. */
  readonly yuanPerDollar?: number;
  readonly customSymbol?: string;
  readonly customPerDollar?: number;
  /** Which software it is, where versions behave differently; by the members of its status. */
  readonly lineage?: Lineage;
  /** The header in which it wants an account's user id, where its status page shows that. */
  readonly userIdHeader?: string;
  /** How many days back its log can be asked for, where it says so (done-hub). */
  readonly logDays?: number;
  /** The zone in which its days begin, where it says so: `Asia/Shanghai`, `+08:00`. */
  readonly timeZone?: string;
  /**
   * `data.enable_data_export`: whether `/api/data/self` has sums by hour; absent where the gateway does not
   * say.
   */
  readonly sumsHours?: boolean;
}

/** Plausible exchange rates. */
const RATES = [1e-9, 1e9] as const;
/** Plausible ages of a log: 0 is no limit. */
const LOG_DAYS = [1, 36_500] as const;

const text = lenient(v.string());
const number = lenient(wireNumber);

const statusSchema = v.object({
  system_name: text,
  version: text,
  quota_per_unit: number,
  quota_display_type: text,
  display_in_currency: lenient(wireFlag),
  usd_exchange_rate: number,
  custom_currency_symbol: text,
  custom_currency_exchange_rate: number,
  enable_data_export: lenient(wireFlag),
  max_log_query_days: number,
});

/**
 * Parses `data` of `/api/status`. New API: `quota_per_unit`, `quota_display_type` (≥ 0.9.3),
 * `usd_exchange_rate`, `custom_currency_symbol`, `custom_currency_exchange_rate`, `enable_data_export`; done-hub: `max_log_query_days`; One
 * API and New API before 0.9.3: `quota_per_unit`, `display_in_currency`. `price` is a top-up price, not a
 * rate.
 */
export function parseSite(payload: Json): Site {
  const status = v.parse(statusSchema, payload);
  const relative = relativeOf(payload);
  return {
    name: status.system_name && sanitizeText(status.system_name, 60),
    version: status.version && sanitizeText(status.version, 40),
    unitsPerDollar: ifPlausible(SCALES, status.quota_per_unit),
    display: displayOf(status.quota_display_type, status.display_in_currency),
    yuanPerDollar: ifPlausible(RATES, status.usd_exchange_rate),
    customSymbol: sanitizeSymbol(status.custom_currency_symbol),
    customPerDollar: ifPlausible(RATES, status.custom_currency_exchange_rate),
    lineage: relative?.lineage,
    userIdHeader: relative?.userIdHeader,
    logDays: ifPlausible(LOG_DAYS, status.max_log_query_days),
    sumsHours: status.enable_data_export,
  };
}

/** Sanitizes a currency symbol: without digits, signs and separators, which would read as part of the figure. */
export function sanitizeSymbol(text: string | undefined): string | undefined {
  return text && (sanitizeText(text.replace(/[\p{N}.,'’+\-−\s]/gu, ''), 8) || undefined);
}

/** Old versions have only `display_in_currency`. A type that is not known here is not taken for dollars. */
function displayOf(type: string | undefined, inCurrency: boolean | undefined): Site['display'] {
  if (type === 'USD' || type === 'CNY' || type === 'TOKENS' || type === 'CUSTOM') return type;
  if (type) return undefined;
  return inCurrency === false ? 'TOKENS' : 'USD';
}

/** The number where it is plausible, else undefined. */
function ifPlausible(
  [least, most]: readonly [number, number],
  number: number | undefined,
): number | undefined {
  return number !== undefined && number >= least && number <= most ? number : undefined;
}

/**
 * The site with its last known `unitsPerDollar` as fallback, where the new answer has none: an assumed one
 * could show another figure for the same quota.
 */
export function withFallbackScale(site: Site, before: Site | undefined): Site {
  const { unitsPerDollar = before?.unitsPerDollar } = site;
  return { ...site, unitsPerDollar };
}
