import * as l10n from '@vscode/l10n';
import type { Headroom } from '../core/quota/headroom.ts';
import type { FigureUnit } from '../core/quota/unit.ts';
import { cachedFormat } from './cachedFormats.ts';
import { requestsText, tokensText, unitsText } from './countedUnits.ts';
import { areFiguresHidden, HIDDEN } from './hiddenFigures.ts';
import { shareOfSumText } from './percent.ts';

/**
 * `short` fits the status bar, `cents` is for documents: money to the cent, and with all digits below one; `exact` shows every
 * digit that gateways send, `full` every digit of a sum; a number is a count of decimals.
 */
export type AmountStyle = 'short' | 'cents' | 'exact' | 'full' | number;

/**
 * How a figure is rounded where it has more digits than are shown: `down` for what is left, so that it never shows more
 * than there is; `up` for what was used, so that it never shows less; `nearest` for rates and differences.
 */
export type AmountRounding = 'down' | 'up' | 'nearest';

const MAX_DECIMALS = { exact: 6, full: 12 } as const;
/** Larger amounts are shown in scientific notation: a figure must not fill the screen when a gateway sends nonsense. */
const SCIENTIFIC_FROM = { glance: 1e15, column: 1e22 } as const;
/** The relative error of floating-point sums, which is not part of a figure. */
const FLOAT_TOLERANCE = 1e-12;

/**
 * The style that shows all digits of the amounts in a column and aligns their decimal points: for 1.5 and 2.25 it is 2
 * decimals.
 */
export function columnStyle(amounts: readonly number[], style: 'exact' | 'full'): AmountStyle {
  const most = MAX_DECIMALS[style];
  return amounts.reduce((longest, amount) => Math.max(longest, Math.min(most, decimalsOf(amount))), 2);
}

function decimalsOf(amount: number): number {
  const [, part = '', exponent = '0'] = /^[^.e]*(?:\.(\d+))?(?:e(.+))?$/.exec(String(amount)) ?? [];
  return Math.max(0, part.length - Number(exponent));
}

/** An amount with its unit, for example `$12.40`, `¥66.74`, `1.2M tokens`. */
export function amountText(
  amount: number,
  unit: FigureUnit,
  style: AmountStyle = 'short',
  rounding: AmountRounding = defaultRounding(style),
): string {
  if (!Number.isFinite(amount)) return l10n.t('unknown');
  if (areFiguresHidden()) return HIDDEN;
  switch (unit.code) {
    case 'USD':
    case 'CNY':
      return moneyText(amount, unit.code, style, rounding);
    case 'TOKENS':
      return tokensText(countText(amount, style, rounding));
    case 'UNITS':
      return unitsText(countText(amount, style, rounding));
    case 'CUSTOM':
      return customText(amount, unit.symbol ?? '', style, rounding);
    case 'REQUESTS':
      return requestsText(countText(amount, style, rounding));
    case 'PERCENT':
      return percentAmountText(amount, style, rounding);
  }
}

function moneyText(
  amount: number,
  code: 'USD' | 'CNY' | '',
  style: AmountStyle,
  rounding: AmountRounding,
): string {
  const digits = digitsFor(amount, style);
  const decimals = digits === 'far' ? farDecimals(amount) : maxDecimals(digits);
  return moneyFormat(`${code} ${digits} ${roundingModeFor(amount, decimals, rounding)}`).format(amount);
}

/** `Intl` does not know a gateway's own currency, so the minus sign is put before its symbol here. */
function customText(amount: number, symbol: string, style: AmountStyle, rounding: AmountRounding): string {
  const text = moneyText(amount, '', style, rounding);
  const size = text.replace(/^[-\u2212]/, '');
  // A symbol made of letters needs a space before the figure, and no line break between the two.
  const gap = /\p{L}$/u.test(symbol) ? '\u00a0' : '';
  return `${size === text ? '' : '-'}${symbol}${gap}${size}`;
}

/** The figure to lead with, for example `$12.40`, or `∞ · used $3.00` for an unlimited key. */
export function headroomText(headroom: Headroom, style: AmountStyle = 'short'): string | undefined {
  const { unit } = headroom;
  if (headroom.unlimited) {
    return headroom.used === undefined
      ? '∞'
      : l10n.t('∞ · used {0}', amountText(headroom.used, unit, style, 'up'));
  }
  return headroom.remaining === undefined ? undefined : amountText(headroom.remaining, unit, style, 'down');
}

/** A count that is a figure of a key, such as of its requests; of other things, `countText` is never hidden. */
export function figureCountText(count: number, style: AmountStyle = 'exact'): string {
  return areFiguresHidden() ? HIDDEN : countText(count, style);
}

/** A number without a unit: `1.2M` (`short`), `1,234,567` (`exact`). */
export function countText(
  count: number,
  style: AmountStyle = 'exact',
  rounding: AmountRounding = defaultRounding(style),
): string {
  const size = Math.abs(count);
  if (size >= (style === 'short' ? SCIENTIFIC_FROM.glance : SCIENTIFIC_FROM.column))
    return countFormat(`far ${roundingModeFor(count, farDecimals(count), rounding)}`).format(count);
  if (style !== 'short' || size < 10_000) {
    return countFormat(`plain ${roundingModeFor(count, MAX_DECIMALS.exact, rounding)}`).format(count);
  }
  const step = 10 ** (Math.floor(Math.log10(size) / 3) * 3 - 1);
  return countFormat(`compact ${roundingModeFor(count / step, 0, rounding)}`).format(count);
}

/** A short figure is mostly what is left; a figure with all its digits needs no direction. */
function defaultRounding(style: AmountStyle): AmountRounding {
  return style === 'short' ? 'down' : 'nearest';
}

type RoundingMode = 'floor' | 'ceil' | 'halfExpand';

/** The rounding mode for a figure with so many decimals; floating-point noise does not count as digits. */
function roundingModeFor(amount: number, decimals: number, rounding: AmountRounding): RoundingMode {
  if (rounding === 'nearest') return 'halfExpand';
  const scaled = amount * 10 ** decimals;
  const isWhole = Math.abs(scaled - Math.round(scaled)) <= Math.abs(scaled) * FLOAT_TOLERANCE;
  if (isWhole) return 'halfExpand';
  return rounding === 'down' ? 'floor' : 'ceil';
}

/** Per cent of a limit: whole ones at a glance, but a fraction of one must not look like nothing. */
function percentAmountText(amount: number, style: AmountStyle, rounding: AmountRounding): string {
  const size = Math.abs(amount);
  if (size >= SCIENTIFIC_FROM.glance) return `${countText(amount, 'short', rounding)}%`;
  const decimals = style === 'short' && (size === 0 || size >= 1) ? 0 : 1;
  const round = { floor: Math.floor, ceil: Math.ceil, halfExpand: Math.round }[
    roundingModeFor(amount, decimals, rounding)
  ];
  return shareOfSumText(round(amount * 10 ** decimals) / 10 ** (decimals + 2));
}

type Digits = 'cents' | 'all' | 'sum' | 'far' | `${number}`;

/** A short figure has cents, but a fraction of a cent must not look like nothing. */
function digitsFor(amount: number, style: AmountStyle): Digits {
  const size = Math.abs(amount);
  if (size >= (style === 'short' ? SCIENTIFIC_FROM.glance : SCIENTIFIC_FROM.column)) return 'far';
  if (style === 'full') return 'sum';
  if (typeof style === 'number') return `${style}`;
  if (style === 'cents') return size === 0 || size >= 0.01 ? 'cents' : 'sum';
  return style === 'short' && (size === 0 || size >= 0.01) ? 'cents' : 'all';
}

/** The decimals of a number that is shown by its first three digits: fewer than none, for `1.23E15`. */
function farDecimals(amount: number): number {
  return 2 - Math.floor(Math.log10(Math.abs(amount)));
}

function maxDecimals(digits: Exclude<Digits, 'far'>): number {
  switch (digits) {
    case 'cents':
      return 2;
    case 'all':
      return MAX_DECIMALS.exact;
    case 'sum':
      return MAX_DECIMALS.full;
    default:
      return Number(digits);
  }
}

function decimalOptions(digits: Digits): Intl.NumberFormatOptions {
  if (digits === 'far') return { notation: 'scientific', maximumFractionDigits: 2 };
  const most = maxDecimals(digits);
  const least = digits === 'all' || digits === 'sum' ? 2 : most;
  return { minimumFractionDigits: least, maximumFractionDigits: most };
}

/** Shows what is rounded to zero without a minus sign: `$0.00`, not `-$0.00`. */
const WITHOUT_MINUS_ZERO = { signDisplay: 'negative' } as const;

const moneyFormat = cachedFormat((language, name: `${'USD' | 'CNY' | ''} ${Digits} ${RoundingMode}`) => {
  const [currency = '', digits = 'all', roundingMode] = name.split(' ') as [string, Digits, RoundingMode];
  // In Japanese the narrow sign of the yuan is that of the yen.
  const currencyDisplay = language.startsWith('ja') ? 'symbol' : 'narrowSymbol';
  const look = currency && { style: 'currency', currency, currencyDisplay };
  const options = { ...look, ...decimalOptions(digits), ...WITHOUT_MINUS_ZERO, roundingMode };
  return new Intl.NumberFormat(language, options as Intl.NumberFormatOptions);
});

const COUNT_OPTIONS = {
  plain: { maximumFractionDigits: 6 },
  compact: { notation: 'compact', maximumFractionDigits: 1 },
  far: { notation: 'scientific', maximumFractionDigits: 2 },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

const countFormat = cachedFormat((language, name: `${keyof typeof COUNT_OPTIONS} ${RoundingMode}`) => {
  const [look = 'plain', roundingMode] = name.split(' ') as [keyof typeof COUNT_OPTIONS, RoundingMode];
  return new Intl.NumberFormat(language, {
    ...COUNT_OPTIONS[look],
    ...WITHOUT_MINUS_ZERO,
    roundingMode,
  } as Intl.NumberFormatOptions);
});
