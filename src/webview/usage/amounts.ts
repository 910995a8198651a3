import * as l10n from '@vscode/l10n';
import type { Unit } from '../../core/quota/unit.ts';
import { amountText } from '../../text/amount.ts';

const CENT = 0.01;
/** Digits of an average below 1 that are worth reading. */
const AVERAGE_DIGITS = 3;
const MAX_DECIMALS = 12;

/** Whether amounts in a unit are money, which has cents. */
export function isMoney({ code }: Unit): boolean {
  return code !== 'TOKENS' && code !== 'UNITS';
}

/** Money to the cent; a fraction of a cent does not look like nothing. */
export function centsText(amount: number, unit: Unit): string {
  const isTiny = amount > 0 && amount < CENT / 2;
  return isTiny ? l10n.t('< {0}', amountText(CENT, unit, 2)) : amountText(amount, unit, 2, 'nearest');
}

/** An amount in a narrow place: money to the cent, all else with its digits. */
export function narrowText(amount: number, unit: Unit): string {
  return isMoney(unit) ? centsText(amount, unit) : amountText(amount, unit, 'exact', 'up');
}

/** An amount with all its digits. */
export function allDigits(amount: number, unit: Unit): string {
  return amountText(amount, unit, 'full', 'nearest');
}

/** An average, with the digits that are worth reading. */
export function averageText(amount: number, unit: Unit): string {
  if (!isMoney(unit)) return amountText(Math.round(amount * 100) / 100, unit, 'exact', 'nearest');
  const size = Math.abs(amount);
  const decimals = size === 0 || size >= 1 ? 2 : AVERAGE_DIGITS - 1 - Math.floor(Math.log10(size));
  return amountText(amount, unit, Math.min(MAX_DECIMALS, decimals), 'nearest');
}
