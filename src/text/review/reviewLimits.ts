import * as l10n from '@vscode/l10n';
import { dayText } from '../../core/ledger/dayText.ts';
import { exact } from '../../core/quota/exact.ts';
import { isSameUnit, type Unit, unitName } from '../../core/quota/unit.ts';
import { type PeriodSpend, spendByPeriod } from '../../core/spendingLimits/limitInRange.ts';
import type { SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { isCompleteReport } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { amountText, countText } from '../amount.ts';
import { percentText } from '../percent.ts';
import { rangeText } from '../range.ts';
import { scopeName } from '../usage.ts';
import type { Review } from './reviewContent.ts';
import type { UnitSum } from './reviewSums.ts';

/** How many keys with limits of their own are in the summary. */
const MAX_KEYS = 6;

/** How the total of a unit compares with the limits for all keys of it; `unplaced` is how many keys have no known unit. */
export function currencyLimitSentences(
  { unit, members, headline }: UnitSum,
  review: Review,
  unplaced: number,
): string[] {
  const { limits, createdAt } = review;
  if (!limits) return [];
  const reports = members.map(({ report }) => report);
  const ofUnit = limits.all.filter(
    ({ scope, unit: own }) => scope.of === 'currency' && isSameUnit(own, unit),
  );
  const isWhole = headline.isComplete && unplaced === 0 && limits.hasAllKeysOf(unit);
  return ofUnit.map(limit => compared(limit, reports, { isWhole, limits, now: Date.parse(createdAt) }).text);
}

/** How keys compare with limits of their own, those first of which the largest part was used. */
export function keyLimitSentences({ parts, limits, createdAt }: Review): string[] {
  if (!limits) return [];
  const sentences = parts.flatMap(({ report }) =>
    limits.all
      .filter(
        ({ scope, unit }) =>
          scope.of === 'key' && scope.keyId === report.keyId && isSameUnit(unit, report.unit),
      )
      .map(limit => {
        const isWhole = isCompleteReport(report);
        const { text, share } = compared(limit, [report], { isWhole, limits, now: Date.parse(createdAt) });
        return { text: l10n.t('{0}: {1}', scopeName(report), text), share };
      }),
  );
  sentences.sort((a, b) => b.share - a.share);
  const others = sentences.length - MAX_KEYS;
  return [
    ...sentences.slice(0, MAX_KEYS).map(({ text }) => text),
    ...(others > 0 ? [l10n.t('and {0} more', others)] : []),
  ];
}

/** Limits for all keys of a unit of which accounts beside keys leave no total. */
export function unmatchedLimitSentences({ parts, limits }: Review, sums: readonly UnitSum[]): string[] {
  const ofUnits = limits?.all.filter(
    ({ scope, unit }) =>
      scope.of === 'currency' &&
      parts.some(({ report }) => report.total !== undefined && isSameUnit(report.unit, unit)) &&
      !sums.some(sum => isSameUnit(sum.unit, unit)),
  );
  return (ofUnits ?? []).map(limit =>
    l10n.t(
      '{0}, all keys in {1}: not compared, since there is no total.',
      limitName(limit),
      unitName(limit.unit),
    ),
  );
}

interface Comparison {
  /** Whether the figures are all that counts for the limit in this time. */
  readonly isWhole: boolean;
  readonly limits: NonNullable<Review['limits']>;
  readonly now: number;
}

/** A sentence, and the largest share of the limit that was used in one period. */
function compared(
  limit: SpendingLimit,
  reports: readonly UsageReport[],
  { isWhole, limits, now }: Comparison,
): { readonly text: string; readonly share: number } {
  const name = limitName(limit);
  if (reports.every(({ total }) => total === undefined))
    return { text: l10n.t('{0}: not compared, since spend is unknown.', name), share: 0 };
  const spends = spendByPeriod(reports, limit.period, limits.range, now, limits.monthBegins);
  const most = spends?.reduce((top, each) => (each.used > top.used ? each : top));
  if (!spends || !most)
    return { text: l10n.t('{0}: not compared, since spend by day is unknown.', name), share: 0 };
  const share = most.used / limit.amount;
  const text =
    spends.length === 1
      ? onePeriodText(name, limit, most, isWhole && most.isWhole)
      : periodsText(name, limit, spends, most, isWhole);
  return { text, share };
}

function onePeriodText(name: string, limit: SpendingLimit, { used }: PeriodSpend, isWhole: boolean): string {
  const difference = money(exact(Math.abs(limit.amount - used)), limit);
  const share = percentText(used / limit.amount);
  if (used > limit.amount) return l10n.t('{0}: exceeded by {1} ({2} used).', name, difference, share);
  if (isWhole) return l10n.t('{0}: {1} of it was used, {2} is left.', name, share, difference);
  return l10n.t('{0}: at least {1} of it was used.', name, share);
}

/** Only whole periods can count as kept; a period that is only partly in the range can still be exceeded. */
function periodsText(
  name: string,
  limit: SpendingLimit,
  spends: readonly PeriodSpend[],
  most: PeriodSpend,
  isWhole: boolean,
): string {
  const isExceeded = ({ used }: PeriodSpend) => used > limit.amount;
  const exceeded = spends.filter(isExceeded).length;
  const judged = spends.filter(each => each.isWhole || isExceeded(each)).length;
  const days = { from: dayText(most.days.from), to: dayText(most.days.to - 1) };
  const [amount, when] = [money(most.used, limit), rangeText(days)];
  const [times, of] = [countText(exceeded), countText(judged)];
  if (exceeded > 0 && judged === 1)
    return l10n.t('{0}: exceeded in 1 of 1 period; the most was {1} ({2}).', name, amount, when);
  if (exceeded > 0)
    return isWhole
      ? l10n.t('{0}: exceeded in {1} of {2} periods; the most was {3} ({4}).', name, times, of, amount, when)
      : l10n.t(
          '{0}: exceeded in at least {1} of {2} periods; the most was {3} ({4}).',
          name,
          times,
          of,
          amount,
          when,
        );
  if (judged === 0) return l10n.t('{0}: this range contains no whole period of it.', name);
  return isWhole
    ? l10n.t('{0}: kept in every whole period ({1}); the most was {2} ({3}).', name, of, amount, when)
    : l10n.t('{0}: not known to be exceeded in any whole period ({1}).', name, of);
}

function limitName(limit: SpendingLimit): string {
  const amount = money(limit.amount, limit);
  switch (limit.period) {
    case 'day':
      return l10n.t('Spending limit of {0} a day', amount);
    case 'week':
      return l10n.t('Spending limit of {0} a week', amount);
    case 'month':
      return l10n.t('Spending limit of {0} a month', amount);
  }
}

function money(amount: number, { unit: counted }: SpendingLimit): string {
  const unit: Unit = { ...counted, source: 'setting' };
  return amountText(amount, unit, 'cents', 'nearest');
}
