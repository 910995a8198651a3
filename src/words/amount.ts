import type { Headroom } from '../quota/headroom.ts';
import type { Unit } from '../quota/unit.ts';
import { kept } from './formats.ts';
import { t } from './l10n.ts';

/**
 * `short` fits the status bar, `exact` has every digit the wire carries, `full` every digit of a sum; a number
 * is so many decimals.
 */
export type AmountStyle = 'short' | 'exact' | 'full' | number;

const MOST_DECIMALS = { exact: 6, full: 12 } as const;

/** The style in which a column of amounts shows all their digits, and their points stand under each other. */
export function columnStyle(amounts: readonly number[], style: 'exact' | 'full'): AmountStyle {
  const most = MOST_DECIMALS[style];
  return amounts.reduce((longest, amount) => Math.max(longest, Math.min(most, decimalsOf(amount))), 2);
}

function decimalsOf(amount: number): number {
  const [, part = '', exponent = '0'] = /^[^.e]*(?:\.(\d+))?(?:e(.+))?$/.exec(String(amount)) ?? [];
  return Math.max(0, part.length - Number(exponent));
}

/** An amount with its unit, for example `$12.40`, `¥66.74`, `1.2M tokens`. */
export function amountText(amount: number, unit: Unit, style: AmountStyle = 'short'): string {
  switch (unit.code) {
    case 'USD':
    case 'CNY':
      return money(`${unit.code} ${digitsOf(amount, style)}`).format(amount);
    case 'TOKENS':
      return t('{0} tokens', countText(amount, style));
    case 'UNITS':
      return t('{0} units', countText(amount, style));
    case 'CUSTOM':
      return customText(amount, unit.symbol ?? '', style);
  }
}

/** `Intl` knows no currency of the gateway's own, so the sign is put before its symbol by hand. */
function customText(amount: number, symbol: string, style: AmountStyle): string {
  const size = money(` ${digitsOf(amount, style)}`).format(Math.abs(amount));
  // A word is kept apart from the figure, and together with it.
  const gap = /\p{L}$/u.test(symbol) ? '\u00a0' : '';
  return `${amount < 0 ? '-' : ''}${symbol}${gap}${size}`;
}

/** The figure to lead with, for example `$12.40`, or `∞ · used $3.00` for an unlimited key. */
export function headroomText(
  headroom: Headroom,
  unit: Unit,
  style: AmountStyle = 'short',
): string | undefined {
  if (headroom.unlimited) {
    return headroom.used === undefined ? '∞' : t('∞ · used {0}', amountText(headroom.used, unit, style));
  }
  return headroom.remaining === undefined ? undefined : amountText(headroom.remaining, unit, style);
}

/** A bare number in the display language. */
export function countText(count: number, style: AmountStyle = 'exact'): string {
  return style === 'short' && Math.abs(count) >= 10_000
    ? counts('compact').format(count)
    : counts('plain').format(count);
}

/** A share of 0 to 1 as whole per cent, cut off and not rounded, so that 99.9 % never reads 100 %. */
export function percentText(share: number): string {
  const nearest = Math.round(share * 100);
  const isBeyond = Math.abs(nearest / 100) > Math.abs(share);
  return percents((isBeyond ? nearest - Math.sign(share) : nearest) + 0);
}

type Digits = 'cents' | 'all' | 'sum' | `${number}`;

/** Cents are enough for a glance, but a fraction of a cent must not read as nothing left. */
function digitsOf(amount: number, style: AmountStyle): Digits {
  if (style === 'full') return 'sum';
  if (typeof style === 'number') return `${style}`;
  const size = Math.abs(amount);
  return style === 'short' && (size === 0 || size >= 0.01) ? 'cents' : 'all';
}

function optionsFor(digits: Digits): Intl.NumberFormatOptions {
  switch (digits) {
    case 'cents':
      return { minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode: 'trunc' };
    case 'all':
      return { minimumFractionDigits: 2, maximumFractionDigits: MOST_DECIMALS.exact };
    case 'sum':
      return { minimumFractionDigits: 2, maximumFractionDigits: MOST_DECIMALS.full };
    default:
      return { minimumFractionDigits: Number(digits), maximumFractionDigits: Number(digits) };
  }
}

const money = kept((language, name: `${'USD' | 'CNY' | ''} ${Digits}`) => {
  const [currency = '', digits = 'all'] = name.split(' ') as [string, Digits];
  const look = currency && { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
  return new Intl.NumberFormat(language, { ...look, ...optionsFor(digits) } as Intl.NumberFormatOptions);
});

const COUNTS = {
  plain: { maximumFractionDigits: 6 },
  compact: { notation: 'compact', maximumFractionDigits: 1, roundingMode: 'trunc' },
  percent: { style: 'percent', maximumFractionDigits: 0, roundingMode: 'trunc' },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

const counts = kept((language, name: keyof typeof COUNTS) => new Intl.NumberFormat(language, COUNTS[name]));
/** There are few, and a snapshot has one for each key. */
const percents = kept((_language, whole: number) => counts('percent').format(whole / 100));
