import * as l10n from '@vscode/l10n';
import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { amountText } from './amount.ts';

/**
 * What was spent since a moment in epoch milliseconds: at least so much, where a part of that time is not known. Nothing is
 * not said of a time of which nothing is known.
 */
export function spentText(
  amount: number,
  unit: Unit,
  spend: Pick<KeySpend, 'since' | 'until'>,
  from: number,
): string {
  if (amount === 0 && endsBefore(spend, from)) return l10n.t('not known');
  const isWhole = spend.until === undefined && Date.parse(spend.since) <= from;
  const text = amountText(amount, unit, 'short', isWhole ? 'up' : 'down');
  return isWhole ? text : `≥ ${text}`;
}

/** What a key spent today; undefined while nothing is known of that. */
export function spentTodayText({ spend, reading }: KeyState, now: number): string | undefined {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (!spend || !reading || endsBefore(spend, midnight)) return undefined;
  return spentText(spend.today, reading.unit, spend, midnight);
}

/** Whether what is known ends before a moment, in epoch milliseconds. */
function endsBefore({ until }: Pick<KeySpend, 'until'>, from: number): boolean {
  return until !== undefined && Date.parse(until) < from;
}
