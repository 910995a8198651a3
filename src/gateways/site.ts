import * as v from 'valibot';
import { SCALES, type Scale, type Unit, type UnitOverride } from '../core/quota/unit.ts';
import type { Json } from './envelope.ts';
import { lenient, sanitizeText, wireNumber } from './fields.ts';

/** What a gateway says about itself at `/api/status`. Absent members were absent or nonsense there. */
export interface Site {
  readonly name?: string;
  readonly version?: string;
  /** Raw quota units per one dollar-equivalent. */
  readonly unitsPerDollar?: number;
  readonly display?: 'USD' | 'CNY' | 'TOKENS' | 'CUSTOM';
  /** Yuan per dollar, for showing only. */
  readonly yuanPerDollar?: number;
  readonly customSymbol?: string;
  readonly customPerDollar?: number;
  /** Whose code it runs, by what its status has: each speaks differently where the status does not tell. */
  readonly lineage?: 'newApi' | 'oldNewApi' | 'oneApi' | 'oneHub';
  /** Whether spend by hour is kept for `/api/data/self`; absent where the gateway does not say. */
  readonly sumsHours?: boolean;
}

/** What New API assumes when its administrator set nothing. */
const DEFAULT_UNITS_PER_DOLLAR = 500_000;

/** Rates that can be meant: of a bitcoin as well as of a small coin. Others make figures that nobody can read. */
const RATES = [1e-9, 1e9] as const;

const text = lenient(v.string());
const number = lenient(wireNumber);

const statusSchema = v.object({
  system_name: text,
  version: text,
  quota_per_unit: number,
  quota_display_type: text,
  display_in_currency: lenient(v.boolean()),
  usd_exchange_rate: number,
  custom_currency_symbol: text,
  custom_currency_exchange_rate: number,
  enable_data_export: lenient(v.boolean()),
});

/** Reads New API's and One API's `/api/status` payload. `price` there is a top-up price, not a rate. */
export function parseSite(payload: Json): Site {
  const status = v.parse(statusSchema, payload);
  return {
    name: status.system_name && sanitizeText(status.system_name, 60),
    version: status.version && sanitizeText(status.version, 40),
    unitsPerDollar: ifPlausible(SCALES, status.quota_per_unit),
    display: displayOf(status.quota_display_type, status.display_in_currency),
    yuanPerDollar: ifPlausible(RATES, status.usd_exchange_rate),
    customSymbol: sanitizeSymbol(status.custom_currency_symbol),
    customPerDollar: ifPlausible(RATES, status.custom_currency_exchange_rate),
    lineage: lineageOf(payload),
    sumsHours: status.enable_data_export,
  };
}

/** New API from 0.9.3 on, before it (with Veloera), one-hub and done-hub, and One API. */
function lineageOf(payload: Json): Site['lineage'] {
  if ('quota_display_type' in payload) return 'newApi';
  if ('PaymentUSDRate' in payload || 'EnableSafe' in payload) return 'oneHub';
  if ('chats' in payload || 'data_export_default_time' in payload) return 'oldNewApi';
  return 'chat_link' in payload || 'lark_client_id' in payload ? 'oneApi' : undefined;
}

/** A currency's sign as it may stand before a figure: without anything that would read as part of it. */
export function sanitizeSymbol(text: string | undefined): string | undefined {
  return text && (sanitizeText(text.replace(/[\p{N}.,'’+\-−\s]/gu, ''), 8) || undefined);
}

/** Old versions only have a switch. Dollars are not read into a unit that this version does not know. */
function displayOf(type: string | undefined, inCurrency: boolean | undefined): Site['display'] {
  if (type === 'USD' || type === 'CNY' || type === 'TOKENS' || type === 'CUSTOM') return type;
  if (type) return undefined;
  return inCurrency === false ? 'TOKENS' : 'USD';
}

/**
 * The scale for a gateway that counts in raw quota units, which shows money the way the gateway's own
 * pages do. `assume` says what to do when the gateway does not tell how many units make a dollar.
 */
export function rawScale(
  site: Site | undefined,
  override: UnitOverride | undefined,
  fallback: 'default' | 'units',
): Scale {
  const unitsPerDollar = override?.unitsPerDollar ?? site?.unitsPerDollar;
  const requestedUnit = override?.unit && override.unit !== 'auto' ? override.unit : undefined;
  const source =
    requestedUnit || override?.unitsPerDollar ? 'setting' : unitsPerDollar ? 'gateway' : 'default';
  if (requestedUnit === 'units' || (unitsPerDollar === undefined && !requestedUnit && fallback === 'units'))
    return rawUnitScale(source);
  if (requestedUnit === 'display') return displayScale(site, override);
  const perDollar = unitsPerDollar ?? DEFAULT_UNITS_PER_DOLLAR;
  if (requestedUnit) return currencyScale(requestedUnit, perDollar, site?.yuanPerDollar, source);
  if (!site?.display) {
    return currencyScale('USD', perDollar, undefined, source === 'gateway' ? 'default' : source);
  }
  switch (site.display) {
    case 'TOKENS':
      return { unit: { code: 'TOKENS', source: 'gateway' }, perUnit: 1 };
    case 'CUSTOM':
      return site.customPerDollar === undefined
        ? { unit: { code: 'USD', source: 'default' }, perUnit: perDollar }
        : {
            unit: { code: 'CUSTOM', symbol: site.customSymbol, source },
            perUnit: perDollar / site.customPerDollar,
          };
    default:
      return currencyScale(site.display, perDollar, site.yuanPerDollar, source);
  }
}

/**
 * The scale for a gateway whose numbers already are in the unit it shows; the site only names that unit.
 * Another currency that the user wants is reckoned by the site's own rates, where it tells them.
 */
export function displayScale(site: Site | undefined, override: UnitOverride | undefined): Scale {
  const requestedUnit = override?.unit;
  if (requestedUnit === 'USD' || requestedUnit === 'CNY') {
    const perDollar = site && displayUnitsPerDollar(site, override);
    return perDollar === undefined || requestedUnit === site?.display
      ? { unit: { code: requestedUnit, source: 'setting' }, perUnit: 1 }
      : currencyScale(requestedUnit, perDollar, site?.yuanPerDollar, 'setting');
  }
  if (requestedUnit === 'units') return rawUnitScale('setting');
  if (!site?.display) return { unit: { code: 'CUSTOM', source: 'default' }, perUnit: 1 };
  const symbol = site.display === 'CUSTOM' ? site.customSymbol : undefined;
  return { unit: { code: site.display, symbol, source: 'gateway' }, perUnit: 1 };
}

/**
 * The scale for numbers that look as if they already were amounts; undefined where the user has said what they
 * are. It is marked as assumed, because a look is not the gateway's word.
 */
export function convertedScale(
  site: Site | undefined,
  override: UnitOverride | undefined,
): Scale | undefined {
  const { unit: requestedUnit, unitsPerDollar } = override ?? {};
  if (unitsPerDollar !== undefined || requestedUnit === 'units' || requestedUnit === 'display')
    return undefined;
  const { unit, perUnit } = displayScale(site, override);
  return { unit: unit.source === 'gateway' ? { ...unit, source: 'default' } : unit, perUnit };
}

/** How much of the unit it shows a site takes for a dollar. */
function displayUnitsPerDollar(site: Site, override: UnitOverride | undefined): number | undefined {
  switch (site.display) {
    case 'USD':
      return 1;
    case 'CNY':
      return site.yuanPerDollar;
    case 'TOKENS':
      return override?.unitsPerDollar ?? site.unitsPerDollar;
    case 'CUSTOM':
      return site.customPerDollar;
    default:
      return undefined;
  }
}

/** A yuan site that hides its rate is shown in dollars, marked as assumed, rather than with a guessed rate. */
function currencyScale(
  code: 'USD' | 'CNY',
  perDollar: number,
  yuanPerDollar: number | undefined,
  source: Unit['source'],
): Scale {
  if (code === 'USD') return { unit: { code, source }, perUnit: perDollar };
  return yuanPerDollar === undefined
    ? { unit: { code: 'USD', source: 'default' }, perUnit: perDollar }
    : { unit: { code, source }, perUnit: perDollar / yuanPerDollar };
}

function rawUnitScale(source: Unit['source']): Scale {
  return { unit: { code: 'UNITS', source }, perUnit: 1 };
}

/** A number that can be meant; any other is as if it had not been told. */
function ifPlausible(
  [least, most]: readonly [number, number],
  number: number | undefined,
): number | undefined {
  return number !== undefined && number >= least && number <= most ? number : undefined;
}

/**
 * What a site tells now, with the scale it told last where it tells none or nonsense: a scale that is left out has not
 * changed, and an assumed one in its place could show another figure for the same quota.
 */
export function withFallbackScale(site: Site, before: Site | undefined): Site {
  const { unitsPerDollar = before?.unitsPerDollar } = site;
  return { ...site, unitsPerDollar };
}

/** What a site's own pages turn its raw units by, as a name: with another, its amounts are of another measure. */
export function conversionName(site: Site | undefined): string {
  const { unitsPerDollar, display, yuanPerDollar, customPerDollar } = site ?? {};
  const rate = display === 'CNY' ? yuanPerDollar : display === 'CUSTOM' ? customPerDollar : undefined;
  return [display, unitsPerDollar, rate].filter(part => part !== undefined).join(' ');
}
