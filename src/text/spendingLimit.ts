import * as l10n from '@vscode/l10n';
import { isSameUnit, type Unit } from '../core/quota/unit.ts';
import type { SpendingProgress } from '../core/spendingLimits/spendingLimit.ts';
import { amountText } from './amount.ts';
import { leastText } from './spend.ts';

/**
 * How much of a limit is spent: `$3.20 of $5.00 today`. `others` of the same key or currency stand beside it; `atLeast` marks
 * a figure of which a part is missing.
 */
export function limitText(
  progress: SpendingProgress,
  others: readonly SpendingProgress[] = [],
  atLeast: (amount: string) => string = amount => `≥ ${amount}`,
): string {
  const { period, limit, unit: countedIn } = progress;
  const unit: Unit = { ...countedIn, source: 'setting' };
  const known = knownText(progress, unit, others, atLeast);
  const most = amountText(limit, unit);
  switch (period) {
    case 'day':
      return l10n.t('{0} of {1} today', known, most);
    case 'week':
      return l10n.t('{0} of {1} this week', known, most);
    case 'month':
      return l10n.t('{0} of {1} this month', known, most);
  }
}

function knownText(
  { spent, complete }: SpendingProgress,
  unit: Unit,
  others: readonly SpendingProgress[],
  atLeast: (amount: string) => string,
): string {
  // “At least 0” would say nothing.
  if (spent === undefined || (spent === 0 && !complete)) return '–';
  if (complete) return amountText(spent, unit, 'short', 'up');
  // A period without missing parts lies within each one that has some.
  const within = others.filter(other => other.complete && isSameUnit(other.unit, unit));
  return atLeast(
    leastText(
      spent,
      unit,
      within.flatMap(other => other.spent ?? []),
    ),
  );
}
