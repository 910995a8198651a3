import type { Scale, Unit, UnitOverride } from '../core/quota/unit.ts';
import type { Site } from './site.ts';

/** New API's default for `quota_per_unit`. */
const DEFAULT_UNITS_PER_DOLLAR = 500_000;

/** How many raw quota units make a dollar, by the user's setting, the site's word, or New API's default. */
export function unitsPerDollarOf(site: Site | undefined, override: UnitOverride | undefined): number {
  return override?.unitsPerDollar ?? site?.unitsPerDollar ?? DEFAULT_UNITS_PER_DOLLAR;
}

/**
 * The scale for amounts in raw quota units: they are shown in the unit of the gateway's own pages, or of the
 * user's setting. `fallback` says what to use when neither tells how many units make a dollar: New API's
 * default, or raw units. Assumed units have `source: 'default'`.
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
 * The scale for amounts that already are in the site's display unit. Another currency of the user's setting
 * is converted by the site's rates, where it has them.
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
 * The scale for amounts that seem to be converted already, marked as assumed; undefined where the user's
 * settings say what they are.
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

/** How many display units make a dollar; undefined where the site does not say. */
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

/** The scale for a currency. Without an exchange rate the fallback is dollars, marked as assumed. */
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
