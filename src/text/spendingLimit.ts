import * as l10n from '@vscode/l10n';
import type { Unit } from '../core/quota/unit.ts';
import type { SpendingProgress } from '../core/spendingLimits/spendingLimit.ts';
import { amountText } from './amount.ts';

/** How much of a limit is spent: `$3.20 of $5.00 today`. `atLeast` marks a figure of which a part is missing. */
export function limitText(
  { period, limit, unit: countedIn, spent, complete }: SpendingProgress,
  atLeast: (amount: string) => string = amount => `≥ ${amount}`,
): string {
  const unit: Unit = { ...countedIn, source: 'setting' };
  // At least nothing says nothing.
  const isUnknown = spent === undefined || (spent === 0 && !complete);
  const amount = isUnknown ? '–' : amountText(spent, unit, 'short', complete ? 'up' : 'down');
  const known = isUnknown || complete ? amount : atLeast(amount);
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
