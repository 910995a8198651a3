import * as l10n from '@vscode/l10n';
import { dayOf, startOfDay } from '../core/ledger/localDays.ts';
import { type SpendSum, spendSums } from '../core/ledger/spendSums.ts';
import type { KeySpend, KeyState } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { isoTime } from '../core/time.ts';
import { countText } from './amount.ts';
import { joinClauses } from './clauses.ts';
import { spentText } from './spend.ts';
import { dateTimeText } from './time.ts';

const LEVELS = '▁▂▃▄▅▆▇█';
const UNKNOWN = '·';

/** What was spent today, in seven days and this month, each as text; undefined where nothing of that is known. */
function knownSpendTexts(
  spend: KeySpend,
  unit: Unit,
  now: number,
): Record<'today' | 'week' | 'month', string | undefined> {
  const today = dayOf(now);
  const first = new Date(now);
  const monthFrom = spend.monthFrom ?? new Date(first.getFullYear(), first.getMonth());
  const day = { amount: spend.today, from: startOfDay(today) };
  const week = { amount: spend.week, from: startOfDay(today - 6) };
  const month = { amount: spend.month, from: new Date(monthFrom).getTime() };
  return {
    today: spentText(day, unit, spend),
    week: spentText(week, unit, spend, [day, month]),
    month: spentText(month, unit, spend, [week, day]),
  };
}

/** The same with a word for what is not known. */
export function spendTexts(
  spend: KeySpend,
  unit: Unit,
  now: number,
): Record<'today' | 'week' | 'month', string> {
  const { today, week, month } = knownSpendTexts(spend, unit, now);
  const unknown = l10n.t('not known');
  return { today: today ?? unknown, week: week ?? unknown, month: month ?? unknown };
}

/** The same in one line; undefined where nothing is known. */
export function spendText(spend: KeySpend, unit: Unit, now: number): string | undefined {
  const known = Object.values(knownSpendTexts(spend, unit, now));
  if (known.every(text => text === undefined)) return undefined;
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
  return spendSums(keys).flatMap(sum => {
    // Without a key no figure is whole, whenever it begins.
    const known = sum.missing > 0 ? { ...sum, since: isoTime(now + 1) } : sum;
    const spent = spendText(known, sum.unit, now);
    if (spent === undefined) return [];
    const parts = [
      `${spent} ${sparkline(daysKnown(known, now))}`.trim(),
      sum.missing > 0
        ? l10n.t('keys of which that is not known: {0}', countText(sum.missing))
        : sinceText(sum),
    ];
    return l10n.t('{0}: {1}', nameOf(sum), joinClauses(parts.filter(part => part !== undefined)));
  });
}

function nameOf({ of, gateway }: SpendSum): string {
  if (of === 'accounts') return l10n.t('Spent by accounts');
  if (of === 'keys') return l10n.t('Spent by keys, which may be in an account’s sum');
  return gateway === undefined ? l10n.t('Spent') : l10n.t('Spent at {0}', gateway);
}

/** What was spent on each day; undefined for a day without known spend, some of which is not known. */
function daysKnown({ days, since, until }: KeySpend, now: number): readonly (number | undefined)[] {
  const first = dayOf(now) - days.length + 1;
  return days.map((amount, index) => {
    const isKnown =
      Date.parse(since) <= startOfDay(first + index) &&
      (until === undefined || first + index <= dayOf(Date.parse(until)));
    return amount > 0 || isKnown ? amount : undefined;
  });
}

/** A bar for each day, the highest for the largest amount, and a dot for one that is not known; none without any spend. */
export function sparkline(days: readonly (number | undefined)[]): string {
  const most = Math.max(0, ...days.map(amount => amount ?? 0));
  if (most === 0) return '';
  return days.map(amount => (amount === undefined ? UNKNOWN : LEVELS[levelOf(amount, most)])).join('');
}

/** Nothing spent and hardly anything spent must not look the same. */
function levelOf(amount: number, most: number): number {
  return amount <= 0 ? 0 : Math.max(1, Math.round((amount / most) * (LEVELS.length - 1)));
}
