import type { SpendSum } from '../core/ledger/spendSums.ts';
import { noteChangeAt } from '../core/nextChange.ts';
import type { SpendingLimit } from '../core/spendingLimits/spendingLimit.ts';
import { currencyProgress } from '../core/spendingLimits/spendingProgress.ts';
import { limitText } from './spendingLimit.ts';

/** How much of a limit is spent, as text, and as a part, 1 for all of it; without the part where nothing is known of it. */
export interface LimitSpent {
  readonly text: string;
  readonly share?: number;
}

/** How much is spent of the limits for all keys of one currency. */
export function currencyLimitsSpent(
  limits: readonly SpendingLimit[],
  sums: readonly SpendSum[],
  now: number,
  monthBegins: number,
): readonly LimitSpent[] {
  const progress = limits.map(limit => currencyProgress(limit, sums, now, monthBegins));
  return progress.map(each => {
    noteChangeAt(Date.parse(each.resetsAt));
    const { spent, limit, complete } = each;
    // At “at least 0”, an empty bar would say that nothing was spent.
    const isKnown = spent !== undefined && (complete || spent > 0);
    return { text: limitText(each, progress), ...(isKnown && { share: spent / limit }) };
  });
}
