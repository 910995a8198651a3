import * as l10n from '@vscode/l10n';
import { isPast } from '../../core/nextChange.ts';
import { endOf, endPhaseOf } from '../../core/quota/ends.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { Reading, UnreadablePart } from '../../core/quota/reading.ts';
import { namedResetAt } from '../../core/quota/resets.ts';
import { round6 } from '../../core/quota/unit.ts';
import { type AmountRounding, amountText, countText } from '../../text/amount.ts';
import { joinClauses } from '../../text/clauses.ts';
import { clockAheadText } from '../../text/clockAheadText.ts';
import { dateAndDistanceText } from '../../text/dateAndDistance.ts';
import { forecastText } from '../../text/forecastText.ts';
import { limitText } from '../../text/spendingLimit.ts';
import { sinceText, spendTexts } from '../../text/spendSum.ts';
import { clockText, dateTimeText } from '../../text/time.ts';
import { STATUS_ICON } from '../views/icons.ts';
import { ageText, isAssumed, nextCheckText, stateText } from '../views/keyTexts.ts';
import { accountKeysFact } from './accountKeyNodes.ts';
import { type Fact, lineContext, type TreeNode } from './treeNode.ts';

/** Everything that is known about a key, each as a line. The key's own quota and the account's wallet are separate. */
export function keyFacts(key: KeyState, now: number): readonly Fact[] {
  const { reading, failure, checkedAt } = key;
  return [
    {
      name: 'failure',
      label: failure?.message ?? '',
      value: failure && '',
      icon: 'info',
      tooltip: failure?.message,
    },
    {
      name: 'clock',
      label: clockAheadText(reading) ?? '',
      value: clockAheadText(reading) && '',
      icon: 'watch',
      tooltip: clockAheadText(reading),
    },
    { name: 'status', label: l10n.t('Status'), value: stateText(key), icon: STATUS_ICON[key.status] },
    ...(reading ? readingFacts(key, reading, now) : []),
    ...limitFacts(key),
    {
      name: 'age',
      label: l10n.t('Figures from'),
      value: failure && reading && ageText(key, now),
      icon: 'archive',
    },
    {
      name: 'checked',
      label: l10n.t('Last check'),
      value: checkedAt && clockText(checkedAt, now),
      icon: 'history',
    },
    { name: 'next', label: l10n.t('Next check'), value: nextCheckText(key, now), icon: 'clock' },
    readFromFact(key),
    sharedAddressFact(key),
  ];
}

function readFromFact({ readFrom }: KeyState): Fact {
  const text = readFrom && l10n.t('Read from the account “{0}”', readFrom.label);
  return { name: 'readFrom', label: text ?? '', value: text && '', icon: 'account', tooltip: text };
}

function sharedAddressFact({ sharedAddress }: KeyState): Fact {
  return {
    name: 'shared',
    label: l10n.t('Others ask from your address'),
    value: sharedAddress && l10n.t('checked every {0} min', countText(sharedAddress.everyMinutes)),
    icon: 'organization',
  };
}

function readingFacts(key: KeyState, reading: Reading, now: number): readonly Fact[] {
  return [
    ...quotaFacts(reading),
    ...budgetFacts(reading, now),
    ...accountFacts(reading),
    ...spendFacts(key, reading, now),
    { name: 'unit', label: l10n.t('Unit'), value: unitText(key, reading), icon: 'symbol-unit' },
    { name: 'source', label: l10n.t('Read by'), value: sourceText(reading), icon: 'plug' },
    {
      name: 'plan',
      label: l10n.t('Plan'),
      value: planWord(reading) ?? unreadWord(reading, 'plan'),
      icon: 'tag',
    },
    { name: 'expiry', label: l10n.t('Ends'), value: expiryText(key, now), icon: 'calendar' },
    {
      name: 'forecast',
      label: l10n.t('Lasts'),
      // A forecast that is over is not shown.
      value:
        key.status === 'expired' ? undefined : forecastText(key.forecast, reading.unit, now) || undefined,
      icon: 'graph-line',
    },
    { name: 'rate', label: l10n.t('Rate limits'), value: rateWord(reading), icon: 'dashboard' },
    modelsFact(key.id, reading),
    accountKeysFact(key.id, reading, now),
  ];
}

/** Which way the figures came, where there is more than one. */
function sourceText({ source }: Reading): string | undefined {
  if (source === 'billing') return l10n.t('billing endpoint');
  return source === 'account' ? l10n.t('billing endpoint, which tells the account’s figures') : undefined;
}

function quotaFacts({ quota, unit, isAccountPossible }: Reading): readonly Fact[] {
  if (!quota) return [];
  const exact = (value: number | undefined, rounding: AmountRounding) =>
    value === undefined ? undefined : amountText(value, unit, 'exact', rounding);
  const remaining = quota.unlimited ? l10n.t('unlimited') : exact(quota.remaining, 'down');
  const granted = quota.unlimited ? undefined : exact(quota.granted, 'down');
  return [
    {
      name: 'remaining',
      label: isAccountPossible ? l10n.t('Left on this key, or in its account') : l10n.t('Left on this key'),
      value: remaining,
      icon: 'credit-card',
      tooltip: isAccountPossible
        ? l10n.t(
            'This gateway tells the account’s figures for keys without a limit, and does not say whose they are.',
          )
        : undefined,
    },
    { name: 'used', label: l10n.t('Used'), value: exact(quota.used, 'up'), icon: 'graph' },
    { name: 'granted', label: l10n.t('Granted'), value: granted, icon: 'gift' },
  ];
}

function budgetFacts(reading: Reading, now: number): readonly Fact[] {
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
      label: isOver ? l10n.t('Budget began anew') : l10n.t('Budget begins anew'),
      value: reset || undefined,
      icon: 'refresh',
    },
  ];
}

function budgetWord({ spent, limit }: NonNullable<Reading['budget']>, unit: Reading['unit']): string {
  const amount = (value: number, rounding: AmountRounding) => amountText(value, unit, 'exact', rounding);
  if (spent === undefined) return l10n.t('not known since the reset');
  return limit === null
    ? l10n.t('no cap, {0} spent', amount(spent, 'up'))
    : l10n.t('{0} of {1} left', amount(round6(limit - spent), 'down'), amount(limit, 'down'));
}

function unreadWord({ unreadable }: Reading, part: UnreadablePart): string | undefined {
  return unreadable?.includes(part) ? l10n.t('could not be read') : undefined;
}

function accountFacts(reading: Reading): readonly Fact[] {
  const { account = {}, unit } = reading;
  const amount = (value: number | undefined, rounding: AmountRounding) =>
    value === undefined ? undefined : amountText(value, unit, 'exact', rounding);
  const requests = account.requests === undefined ? undefined : countText(account.requests);
  return [
    { name: 'account', label: l10n.t('Account'), value: account.name, icon: 'account' },
    {
      name: 'balance',
      label: l10n.t('Account balance'),
      value: amount(account.balance, 'down') ?? unreadWord(reading, 'balance'),
      icon: 'credit-card',
    },
    {
      name: 'spent',
      label: l10n.t('Account spent in all'),
      value: amount(account.used, 'up'),
      icon: 'graph',
    },
    { name: 'requests', label: l10n.t('Account requests in all'), value: requests, icon: 'pulse' },
  ];
}

/** What was spent lately: at least so much where a part is not known, with what that is as the tooltip. */
function spendFacts({ spend }: KeyState, { unit }: Reading, now: number): readonly Fact[] {
  if (!spend) return [];
  const { today, week, month } = spendTexts(spend, unit, now);
  const tooltip = sinceText(spend);
  return [
    { name: 'spentToday', label: l10n.t('Spent today'), value: today, icon: 'pulse', tooltip },
    { name: 'spentWeek', label: l10n.t('Spent in 7 days'), value: week, icon: 'pulse', tooltip },
    { name: 'spentMonth', label: l10n.t('Spent this month'), value: month, icon: 'pulse', tooltip },
  ];
}

/** Each of the user's own limits, with when it begins anew as the tooltip. */
function limitFacts({ spendingLimits = [] }: KeyState): readonly Fact[] {
  return spendingLimits.map(progress => ({
    name: `limit:${progress.period}`,
    label: l10n.t('Spending limit'),
    value: limitText(progress),
    icon: 'dashboard',
    tooltip: l10n.t('Your limit begins anew {0}.', dateTimeText(progress.resetsAt)),
  }));
}

/** Where the unit comes from, if it is not from the gateway. */
function unitText(key: KeyState, { unit }: Reading): string | undefined {
  if (unit.source === 'setting') return l10n.t('{0}, by your setting', unit.code);
  if (isAssumed(key)) return l10n.t('{0} assumed: the gateway does not say', unit.code);
  return unit.code === 'UNITS' ? l10n.t('the gateway’s own quota units') : undefined;
}

function planWord({ plan }: Reading): string | undefined {
  const words = [plan?.name, plan?.status].filter(word => word !== undefined).join(', ');
  return words === '' ? undefined : words;
}

function rateWord({ rateLimits }: Reading): string | undefined {
  const words = [
    rateLimits?.rpm === undefined ? undefined : l10n.t('{0} requests a minute', countText(rateLimits.rpm)),
    rateLimits?.tpm === undefined ? undefined : l10n.t('{0} tokens a minute', countText(rateLimits.tpm)),
  ].filter(word => word !== undefined);
  return words.length === 0 ? undefined : joinClauses(words);
}

function modelsFact(keyId: string, { models, modelsMore = 0 }: Reading): Fact {
  const all = (models?.length ?? 0) + modelsMore;
  const value = models === undefined ? undefined : models === null ? l10n.t('any') : modelCount(all);
  return {
    name: 'models',
    label: l10n.t('Models'),
    value,
    icon: 'sparkle',
    children: models
      ?.map(name => modelNode(keyId, name))
      .concat(modelsMore > 0 ? moreModelsNode(keyId, modelsMore) : []),
  };
}

function moreModelsNode(keyId: string, more: number): TreeNode {
  const label = l10n.t('and {0} more', countText(more));
  return { id: `moreModels:${keyId}`, label, spoken: label, context: 'moreModels', children: [] };
}

function modelNode(keyId: string, name: string): TreeNode {
  return {
    id: `model:${keyId}:${name}`,
    label: name,
    spoken: name,
    context: lineContext('model'),
    copyText: name,
    children: [],
  };
}

function modelCount(count: number): string {
  return count === 0 ? l10n.t('none allowed') : l10n.t('{0} allowed', countText(count));
}

/** `Dec 1, 2026, 9:00 AM (in 10 days)`, `never`, or undefined when unknown. */
export function expiryText(key: KeyState, now: number): string | undefined {
  const { reading } = key;
  const end = endOf(reading);
  // While the clocks differ, the distance is unknown.
  if (end && endPhaseOf(key, now) === 'doubtful') return dateTimeText(end.expiresAt);
  if (end) return dateAndDistanceText(end.expiresAt, now, end.at);
  return reading?.expiresAt === null ? l10n.t('never') : undefined;
}
