import * as l10n from '@vscode/l10n';
import { isPast } from '../../core/nextChange.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { limitOf } from '../../core/quota/quotaWindow.ts';
import type { Account, Reading, UnreadablePart } from '../../core/quota/reading.ts';
import { namedResetAt } from '../../core/quota/resets.ts';
import { round6, type Unit } from '../../core/quota/unit.ts';
import { type AmountRounding, amountText, figureCountText } from '../../text/amount.ts';
import { dateAndDistanceText } from '../../text/dateAndDistance.ts';
import { limitText } from '../../text/spendingLimit.ts';
import { sinceText, spendTexts } from '../../text/spendSum.ts';
import { dateTimeText } from '../../text/time.ts';
import type { Fact } from './treeNode.ts';

/** What the key itself was granted, used and has left. */
export function quotaFacts({ quota, unit, isAccountPossible, windows = [] }: Reading): readonly Fact[] {
  if (!quota) return [];
  const exact = (value: number | undefined, rounding: AmountRounding) =>
    value === undefined ? undefined : amountText(value, unit, 'exact', rounding);
  // A window that limits the key itself says what is left on it.
  const hasOwnWindow = windows.some(
    window => window.scope === undefined && typeof limitOf(window) === 'number',
  );
  const unlimited = hasOwnWindow ? undefined : l10n.t('unlimited');
  const remaining = quota.unlimited ? unlimited : exact(quota.remaining, 'down');
  const granted = quota.unlimited ? undefined : exact(quota.granted, 'down');
  return [
    {
      name: 'remaining',
      ...(isAccountPossible
        ? { label: l10n.t('Remaining on this key or in its account') }
        : { label: l10n.t('Remaining on this key'), short: l10n.t('Remaining') }),
      value: remaining,
      icon: 'credit-card',
      tooltip: isAccountPossible
        ? l10n.t('For keys without a limit, this gateway reports the account’s figures without saying so.')
        : undefined,
    },
    { name: 'used', label: l10n.t('Used'), value: exact(quota.used, 'up'), icon: 'graph' },
    { name: 'granted', label: l10n.t('Total limit'), value: granted, icon: 'gift' },
  ];
}

/** The budget of a period: what is left of it, and when it resets. */
export function budgetFacts(reading: Reading, now: number): readonly Fact[] {
  const { budget, unit } = reading;
  if (!budget)
    return [
      { name: 'budget', label: l10n.t('Budget'), value: unreadWord(reading, 'budget'), icon: 'credit-card' },
    ];
  const resets = namedResetAt(reading);
  const reset = budget.resetsAt && dateAndDistanceText(budget.resetsAt, now, resets);
  const isOver = resets !== undefined && isPast(resets, now);
  const label = budget.every ? l10n.t('Budget for {0}', budget.every) : l10n.t('Budget');
  return [
    { name: 'budget', label, value: budgetWord(budget, unit), icon: 'credit-card' },
    {
      name: 'reset',
      label: isOver ? l10n.t('Budget was reset') : l10n.t('Budget resets'),
      value: reset || undefined,
      icon: 'refresh',
    },
  ];
}

function budgetWord({ spent, limit }: NonNullable<Reading['budget']>, unit: Reading['unit']): string {
  const amount = (value: number, rounding: AmountRounding) => amountText(value, unit, 'exact', rounding);
  if (spent === undefined) return l10n.t('unknown since the reset');
  return limit === null
    ? l10n.t('no cap, {0} spent', amount(spent, 'up'))
    : l10n.t('{0} of {1} left', amount(round6(limit - spent), 'down'), amount(limit, 'down'));
}

/** Says that a part of the answer could not be read. */
export function unreadWord({ unreadable }: Reading, part: UnreadablePart): string | undefined {
  return unreadable?.includes(part) ? l10n.t('could not be read') : undefined;
}

/** The wallet of the key's account. */
export function accountFacts(reading: Reading): readonly Fact[] {
  const { account = {}, unit } = reading;
  const amount = (value: number | undefined, rounding: AmountRounding) =>
    value === undefined ? undefined : amountText(value, unit, 'exact', rounding);
  const requests = account.requests === undefined ? undefined : figureCountText(account.requests);
  return [
    { name: 'account', label: l10n.t('Account'), value: account.name, icon: 'account' },
    {
      name: 'balance',
      label: l10n.t('Account balance'),
      short: l10n.t('Balance'),
      value: balanceWord(account, unit) ?? unreadWord(reading, 'balance'),
      icon: 'credit-card',
    },
    ...otherBalanceFacts(account, unit),
    {
      name: 'spent',
      label: l10n.t('Total account spend'),
      short: l10n.t('Spent'),
      value: amount(account.used, 'up'),
      icon: 'graph',
    },
    {
      name: 'requests',
      label: l10n.t('Total account requests'),
      short: l10n.t('Requests'),
      value: requests,
      icon: 'pulse',
    },
  ];
}

function balanceWord({ balance, usable }: Account, unit: Unit): string | undefined {
  if (balance === undefined) return undefined;
  const amount = amountText(balance, unit, 'exact', 'down');
  return usable === false ? l10n.t('{0}, which cannot pay for calls', amount) : amount;
}

/** What the account has in other currencies, each in a line of its own. */
function otherBalanceFacts({ balances = [] }: Account, unit: Unit): readonly Fact[] {
  return balances
    .filter(({ unit: code }) => code !== unit.code)
    .map(({ unit: code, amount }) => ({
      name: `balance:${code}`,
      label: l10n.t('Account balance in {0}', code),
      short: l10n.t('Balance in {0}', code),
      value: amountText(amount, { code, source: 'gateway' }, 'exact', 'down'),
      icon: 'credit-card',
    }));
}

/** What was spent lately: at least so much where a part is not known, with what that is as the tooltip. */
export function spendFacts({ spend }: KeyState, { unit }: Reading, now: number): readonly Fact[] {
  if (!spend) return [];
  const { today, week, month } = spendTexts(spend, unit, now);
  const look = { icon: 'pulse', tooltip: sinceText(spend) };
  return [
    { name: 'spentToday', label: l10n.t('Spent today'), value: today, ...look },
    {
      name: 'spentWeek',
      label: l10n.t('Spent in 7 days'),
      short: l10n.t('7 days'),
      value: week,
      ...look,
    },
    {
      name: 'spentMonth',
      label: l10n.t('Spent this month'),
      short: l10n.t('This month'),
      value: month,
      ...look,
    },
  ];
}

/** Each of the user's own limits, with when it resets as the tooltip. */
export function limitFacts({ spendingLimits = [] }: KeyState): readonly Fact[] {
  return spendingLimits.map(progress => ({
    name: `limit:${progress.period}`,
    label: l10n.t('Spending limit'),
    short: l10n.t('Limit'),
    value: limitText(progress, spendingLimits),
    icon: 'dashboard',
    tooltip: l10n.t('Your limit resets {0}.', dateTimeText(progress.resetsAt)),
  }));
}
