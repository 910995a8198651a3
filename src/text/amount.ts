import * as l10n from '@vscode/l10n';
import type { Headroom } from '../core/quota/headroom.ts';
import type { Unit } from '../core/quota/unit.ts';
import { cachedFormat } from './cachedFormats.ts';

/**
 * `short` fits the status bar, `exact` has every digit the wire carries, `full` every digit of a sum; a number
 * is so many decimals.
 */
export type AmountStyle = 'short' | 'exact' | 'full' | number;

/**
 * Which way a figure may be off where it has more digits than are shown: what is left is never more than there is,
 * what was used never less than it was. A pace, a difference and the like are near.
 */
export type AmountSide = 'left' | 'used' | 'near';

const MAX_DECIMALS = { exact: 6, full: 12 } as const;
/** From here on digits say nothing to anyone, and a gateway that sends nonsense fills no screen with them. */
const SCIENTIFIC_FROM = { glance: 1e15, column: 1e22 } as const;
/** What binary arithmetic leaves behind is no part of a figure. */
const FLOAT_TOLERANCE = 1e-12;

/**
 * The style in which a column shows all digits of its amounts, with the points under each other: for 1.5 and 2.25 it
 * is 2 decimals.
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
  unit: Unit,
  style: AmountStyle = 'short',
  side: AmountSide = defaultSide(style),
): string {
  if (!Number.isFinite(amount)) return l10n.t('not known');
  switch (unit.code) {
    case 'USD':
    case 'CNY':
      return moneyText(amount, unit.code, style, side);
    case 'TOKENS':
      return l10n.t('{0} tokens', countText(amount, style, side));
    case 'UNITS':
      return l10n.t('{0} units', countText(amount, style, side));
    case 'CUSTOM':
      return customText(amount, unit.symbol ?? '', style, side);
  }
}

function moneyText(amount: number, code: 'USD' | 'CNY' | '', style: AmountStyle, side: AmountSide): string {
  const digits = digitsFor(amount, style);
  return moneyFormat(`${code} ${digits} ${roundingFor(amount, maxDecimals(digits), side)}`).format(amount);
}

/** `Intl` knows no currency of the gateway's own, so the sign is put before its symbol by hand. */
function customText(amount: number, symbol: string, style: AmountStyle, side: AmountSide): string {
  const text = moneyText(amount, '', style, side);
  const size = text.replace(/^[-\u2212]/, '');
  // A word is kept apart from the figure, and together with it.
  const gap = /\p{L}$/u.test(symbol) ? '\u00a0' : '';
  return `${size === text ? '' : '-'}${symbol}${gap}${size}`;
}

/** The figure to lead with, for example `$12.40`, or `∞ · used $3.00` for an unlimited key. */
export function headroomText(
  headroom: Headroom,
  unit: Unit,
  style: AmountStyle = 'short',
): string | undefined {
  if (headroom.unlimited) {
    return headroom.used === undefined
      ? '∞'
      : l10n.t('∞ · used {0}', amountText(headroom.used, unit, style, 'used'));
  }
  return headroom.remaining === undefined ? undefined : amountText(headroom.remaining, unit, style, 'left');
}

/** A number without a unit: `1.2M` (`short`), `1,234,567` (`exact`). */
export function countText(
  count: number,
  style: AmountStyle = 'exact',
  side: AmountSide = defaultSide(style),
): string {
  const size = Math.abs(count);
  if (size >= (style === 'short' ? SCIENTIFIC_FROM.glance : SCIENTIFIC_FROM.column))
    return countFormat(`far ${roundingFor(count, 0, side)}`).format(count);
  if (style !== 'short' || size < 10_000) {
    return countFormat(`plain ${roundingFor(count, MAX_DECIMALS.exact, side)}`).format(count);
  }
  const step = 10 ** (Math.floor(Math.log10(size) / 3) * 3 - 1);
  return countFormat(`compact ${roundingFor(count / step, 0, side)}`).format(count);
}

/** At a glance it is mostly what is left; a figure with all its digits is what it is. */
function defaultSide(style: AmountStyle): AmountSide {
  return style === 'short' ? 'left' : 'near';
}

type Rounding = 'floor' | 'ceil' | 'halfExpand';

/** Which way a figure goes where it does not end within so many decimals; noise is none of its digits. */
function roundingFor(amount: number, decimals: number, side: AmountSide): Rounding {
  if (side === 'near') return 'halfExpand';
  const scaled = amount * 10 ** decimals;
  const isWhole = Math.abs(scaled - Math.round(scaled)) <= Math.abs(scaled) * FLOAT_TOLERANCE;
  if (isWhole) return 'halfExpand';
  return side === 'left' ? 'floor' : 'ceil';
}

/** A share of 0 to 1 as whole per cent, cut off and not rounded: 0.999 is `99%`. */
export function percentText(share: number): string {
  const nearest = Math.round(share * 100);
  const isBeyond = Math.abs(nearest / 100) > Math.abs(share);
  return wholePercentText((isBeyond ? nearest - Math.sign(share) : nearest) + 0);
}

type Digits = 'cents' | 'all' | 'sum' | 'far' | `${number}`;

/** Cents are enough for a glance, but a fraction of a cent must not read as nothing left. */
function digitsFor(amount: number, style: AmountStyle): Digits {
  const size = Math.abs(amount);
  if (size >= (style === 'short' ? SCIENTIFIC_FROM.glance : SCIENTIFIC_FROM.column)) return 'far';
  if (style === 'full') return 'sum';
  if (typeof style === 'number') return `${style}`;
  return style === 'short' && (size === 0 || size >= 0.01) ? 'cents' : 'all';
}

function maxDecimals(digits: Digits): number {
  switch (digits) {
    case 'cents':
      return 2;
    case 'all':
      return MAX_DECIMALS.exact;
    case 'sum':
      return MAX_DECIMALS.full;
    case 'far':
      return 0;
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

/** What reads as a zero is none below zero: nobody wants to read `-$0.00`. */
const WITHOUT_MINUS_ZERO = { signDisplay: 'negative' } as const;

const moneyFormat = cachedFormat((language, name: `${'USD' | 'CNY' | ''} ${Digits} ${Rounding}`) => {
  const [currency = '', digits = 'all', roundingMode] = name.split(' ') as [string, Digits, Rounding];
  const look = currency && { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
  const options = { ...look, ...decimalOptions(digits), ...WITHOUT_MINUS_ZERO, roundingMode };
  return new Intl.NumberFormat(language, options as Intl.NumberFormatOptions);
});

const COUNT_OPTIONS = {
  plain: { maximumFractionDigits: 6 },
  compact: { notation: 'compact', maximumFractionDigits: 1 },
  far: { notation: 'scientific', maximumFractionDigits: 2 },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

const countFormat = cachedFormat((language, name: `${keyof typeof COUNT_OPTIONS} ${Rounding}`) => {
  const [look = 'plain', roundingMode] = name.split(' ') as [keyof typeof COUNT_OPTIONS, Rounding];
  return new Intl.NumberFormat(language, {
    ...COUNT_OPTIONS[look],
    ...WITHOUT_MINUS_ZERO,
    roundingMode,
  } as Intl.NumberFormatOptions);
});
const percentFormat = cachedFormat(
  (language, _name: 'percent') =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0, roundingMode: 'trunc' }),
);
/** There are few, and a snapshot has one for each key. */
const wholePercentText = cachedFormat((_language, whole: number) =>
  percentFormat('percent').format(whole / 100),
);
