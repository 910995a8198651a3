import * as l10n from '@vscode/l10n';
import { dayOf, startOfDay } from '../core/ledger/localDays.ts';
import { type SpendSum, spendSums } from '../core/ledger/spendSums.ts';
import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { countText } from './amount.ts';
import { joinClauses } from './clauses.ts';
import { spentText } from './spend.ts';
import { dateTimeText } from './time.ts';

const LEVELS = '▁▂▃▄▅▆▇█';

/** What was spent today, in seven days and this month, each as text. */
export function spendTexts(
  spend: KeySpend,
  unit: Unit,
  now: number,
): Record<'today' | 'week' | 'month', string> {
  const today = dayOf(now);
  const first = new Date(now);
  const month = spend.monthFrom ?? new Date(first.getFullYear(), first.getMonth());
  return {
    today: spentText(spend.today, unit, spend, startOfDay(today)),
    week: spentText(spend.week, unit, spend, startOfDay(today - 6)),
    month: spentText(spend.month, unit, spend, new Date(month).getTime()),
  };
}

/** The same in one line. */
export function spendText(spend: KeySpend, unit: Unit, now: number): string {
  const { today, week, month } = spendTexts(spend, unit, now);
  return l10n.t('today {0} · 7 days {1} · this month {2}', today, week, month);
}

/** What is not known, where something is not. */
export function sinceText({ complete, since, until }: KeySpend): string | undefined {
  if (until !== undefined) return l10n.t('nothing is known since {0}', dateTimeText(until));
  return complete || since === '' ? undefined : l10n.t('nothing is missing since {0}', dateTimeText(since));
}

/** What all keys spent, a line for each unit, and two where accounts may have the same spend as keys. */
export function spendSumTexts(keys: readonly KeyState[], now: number): readonly string[] {
  return spendSums(keys).map(sum => {
    // Without a key no figure is whole, whenever it begins.
    const known = sum.missing > 0 ? { ...sum, since: new Date(now + 1).toISOString() } : sum;
    const parts = [
      `${spendText(known, sum.unit, now)} ${sparkline(sum.days)}`.trim(),
      sum.missing > 0
        ? l10n.t('keys of which that is not known: {0}', countText(sum.missing))
        : sinceText(sum),
    ];
    return l10n.t('{0}: {1}', nameOf(sum), joinClauses(parts.filter(part => part !== undefined)));
  });
}

function nameOf({ of }: SpendSum): string {
  if (of === 'accounts') return l10n.t('Spent by accounts');
  return of === 'keys' ? l10n.t('Spent by keys, which may be in an account’s sum') : l10n.t('Spent');
}

/** A bar for each day, the highest for the largest amount; none where nothing was spent at all. */
export function sparkline(days: readonly number[]): string {
  const most = Math.max(0, ...days);
  if (most === 0) return '';
  // Nothing spent and hardly anything spent must not look the same.
  return days
    .map(amount =>
      amount <= 0 ? LEVELS[0] : LEVELS[Math.max(1, Math.round((amount / most) * (LEVELS.length - 1)))],
    )
    .join('');
}
