import type { Headroom } from '../quota/headroom.ts';
import type { Unit } from '../quota/unit.ts';
import { locale, t } from './l10n.ts';

/** `short` fits the status bar, `exact` has every digit the wire carries, `full` every digit of a sum. */
export type AmountStyle = 'short' | 'exact' | 'full';

const formats = new Map<string, Intl.NumberFormat>();

/** An amount with its unit, for example `$12.40`, `¥66.74`, `1.2M tokens`. */
export function amountText(amount: number, unit: Unit, style: AmountStyle = 'short'): string {
  switch (unit.code) {
    case 'USD':
    case 'CNY':
      return numberFormat({
        style: 'currency',
        currency: unit.code,
        currencyDisplay: 'narrowSymbol',
        ...moneyDigits(amount, style),
      }).format(amount);
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
  const size = numberFormat(moneyDigits(amount, style)).format(Math.abs(amount));
  return `${amount < 0 ? '-' : ''}${symbol}${size}`;
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
    ? numberFormat({ notation: 'compact', maximumFractionDigits: 1, roundingMode: 'trunc' }).format(count)
    : numberFormat({ maximumFractionDigits: 6 }).format(count);
}

/** A share of 0 to 1 as whole per cent, cut off and not rounded, so that 99.9 % never reads 100 %. */
export function percentText(share: number): string {
  return numberFormat({ style: 'percent', maximumFractionDigits: 0, roundingMode: 'trunc' }).format(share);
}

/** Cents are enough for a glance, but a fraction of a cent must not read as nothing left. */
function moneyDigits(amount: number, style: AmountStyle): Intl.NumberFormatOptions {
  if (style === 'full') return { minimumFractionDigits: 2, maximumFractionDigits: 12 };
  if (style === 'exact') return { minimumFractionDigits: 2, maximumFractionDigits: 6 };
  const size = Math.abs(amount);
  if (size === 0 || size >= 0.01)
    return { minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode: 'trunc' };
  return { minimumFractionDigits: 2, maximumFractionDigits: 6 };
}

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = locale() + JSON.stringify(options);
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.NumberFormat(locale(), options);
  formats.set(name, made);
  return made;
}
