import { isOfWholeKey, limitOf, type QuotaWindow, remainingOf } from './quotaWindow.ts';
import type { Reading } from './reading.ts';
import { round6 } from './unit.ts';

/**
 * `Reading.budget` of a reading with windows: the tightest one in money, for programs that know no windows. Undefined
 * where none tells what was spent.
 */
export function budgetOfWindows(windows: readonly QuotaWindow[]): Reading['budget'] {
  const budgets = windows
    .filter(window => window.unit === 'money' && isOfWholeKey(window))
    .flatMap(window => {
      const [limit, left] = [limitOf(window), remainingOf(window)];
      if (typeof limit !== 'number' || left === undefined) return [];
      const { resetsAt, every } = window;
      return [{ left, budget: { spent: round6(limit - left), limit, resetsAt, every } }];
    });
  return budgets.sort((a, b) => a.left - b.left)[0]?.budget;
}
