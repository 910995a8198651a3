import * as l10n from '@vscode/l10n';
import type { Budget } from '../../core/input/parseBudget.ts';
import { exact } from '../../core/quota/exact.ts';
import { isSameUnit, unitName } from '../../core/quota/unit.ts';
import { withoutUnit } from '../../core/usage/unitTotals.ts';
import { amountText } from '../amount.ts';
import { joinNames } from '../clauses.ts';
import { type Block, list, paragraph, strongParagraph } from '../document/block.ts';
import { percentText } from '../percent.ts';
import { rangeText } from '../range.ts';
import { dateTimeText } from '../time.ts';
import { scopeName } from '../usage.ts';
import { coveredText, flawedTitle } from '../usageHeadline.ts';
import type { Review } from './reviewContent.ts';
import { currencyLimitSentences, keyLimitSentences, unmatchedLimitSentences } from './reviewLimits.ts';
import { hasSum, type UnitSum, unitSums } from './reviewSums.ts';

/**
 * What a reader wants to know first: the total of each unit, whether it is complete, and how it compares with the budget,
 * or without one with the user's own spending limits, and with the period before.
 */
export function summarySection(review: Review): Block[] {
  const all = unitSums(review.parts, Date.parse(review.createdAt));
  const sums = all.filter(hasSum);
  const reports = review.parts.map(({ report }) => report);
  const unplaced = withoutUnit(reports).map(scopeName);
  const first =
    all.length === 0
      ? [paragraph(l10n.t('No figures.'))]
      : sums.length === 0
        ? [
            paragraph(
              l10n.t('There is no total, since there are accounts as well as keys that may belong to them.'),
            ),
          ]
        : all.flatMap(sum => sumBlocks(sum, review, { units: all.length, unplaced: unplaced.length }));
  return [
    ...first,
    ...(unplaced.length > 0 && all.length > 0
      ? [paragraph(l10n.t('Not in any total, since the unit is unknown: {0}.', joinNames(unplaced)))]
      : []),
    ...unmatchedBudget(review.budget, sums, all.length),
    ...limitList([...unmatchedLimitSentences(review, sums), ...keyLimitSentences(review)]),
  ];
}

/** Limits of keys come after the totals. */
function limitList(sentences: readonly string[]): Block[] {
  return sentences.length === 0 ? [] : [paragraph(l10n.t('Spending limits:')), list(sentences)];
}

/** How many units there are, and keys of which no unit is known. */
interface Counts {
  readonly units: number;
  readonly unplaced: number;
}

function sumBlocks(sum: ReturnType<typeof unitSums>[number], review: Review, counts: Counts): Block[] {
  if (hasSum(sum)) return [strongParagraph(totalText(sum)), list(sumSentences(sum, review, counts))];
  return [
    paragraph(
      l10n.t(
        'There is no total in {0}, since there are accounts as well as keys that may belong to them.',
        unitName(sum),
      ),
    ),
  ];
}

function totalText({ unit, used, headline }: UnitSum): string {
  const name = flawedTitle(l10n.t('Total in {0}', unitName(unit)), headline.flaw);
  return l10n.t('{0}: {1}', name, amountText(used, unit, 'cents', 'nearest'));
}

function sumSentences(sum: UnitSum, review: Review, { units, unplaced }: Counts): string[] {
  return [
    completenessText(sum, review, unplaced),
    ...budgetSentence(sum, review.budget, units),
    ...currencyLimitSentences(sum, review, unplaced),
    ...(review.before ? [periodBeforeText(sum, review.before, isOver(review))] : []),
  ];
}

/** Whether all of the range had passed when its review was made. */
function isOver({ parts, createdAt }: Review): boolean {
  return parts.every(({ report }) => Date.parse(report.to) < Date.parse(createdAt));
}

function completenessText({ headline }: UnitSum, review: Review, unplaced: number): string {
  if (!headline.isComplete) return l10n.t('Not complete. It covers: {0}.', coveredText(headline));
  if (!isOver(review))
    return l10n.t(
      'The range is not over yet: this is what was spent until {0}.',
      dateTimeText(review.createdAt),
    );
  return unplaced === 0
    ? l10n.t('Complete: it covers the whole range for every key.')
    : l10n.t('It covers the whole range for every key whose unit is known.');
}

function budgetSentence({ unit, used, headline }: UnitSum, budget: Budget | undefined, unitCount: number) {
  if (!budget || !isBudgetIn(budget, unitName(unit), unitCount)) return [];
  const [planned, difference] = [budget.amount, exact(Math.abs(budget.amount - used))].map(amount =>
    amountText(amount, unit, 'cents', 'nearest'),
  );
  const share = percentText(used / budget.amount);
  if (used > budget.amount)
    return [
      l10n.t('Budget: {0}. It was exceeded by {1} ({2} used).', planned ?? '', difference ?? '', share),
    ];
  if (headline.isComplete)
    return [l10n.t('Budget: {0}. {1} of it was used, {2} is left.', planned ?? '', share, difference ?? '')];
  return [l10n.t('Budget: {0}. At least {1} of it was used.', planned ?? '', share)];
}

function isBudgetIn({ unit }: Budget, name: string, unitCount: number): boolean {
  return unit === undefined ? unitCount === 1 : unit === name.toUpperCase();
}

/** A budget that no total can be compared with is told, not dropped. */
function unmatchedBudget(budget: Budget | undefined, sums: readonly UnitSum[], unitCount: number): Block[] {
  if (!budget || sums.some(({ unit }) => isBudgetIn(budget, unitName(unit), unitCount))) return [];
  const amount = budget.unit === undefined ? String(budget.amount) : `${budget.amount} ${budget.unit}`;
  return [
    paragraph(l10n.t('The budget of {0} could not be compared: no single total is in its unit.', amount)),
  ];
}

/** Compared only where both sums have all keys and all of their time, which is over. */
function periodBeforeText(
  { unit, used, members, headline }: UnitSum,
  period: NonNullable<Review['before']>,
  isOver: boolean,
): string {
  const name = rangeText(period);
  const before = members.flatMap(part =>
    part.before && isSameUnit(part.before.unit, unit) ? [part.before] : [],
  );
  if (before.length === 0) return l10n.t('Period before ({0}): unknown.', name);
  const sum = exact(before.reduce((all, each) => all + each.used, 0));
  const amount = amountText(sum, unit, 'cents', 'nearest');
  const isWhole = before.length === members.length && before.every(({ isComplete }) => isComplete);
  if (!isWhole) return l10n.t('Period before ({0}): {1} are known, which is not all.', name, amount);
  // With more refunds than spend, or without spend, a share would have no meaning.
  if (!headline.isComplete || !isOver || sum <= 0) return l10n.t('Period before ({0}): {1}.', name, amount);
  const change = percentText(Math.abs(used - sum) / sum);
  return used >= sum
    ? l10n.t('Period before ({0}): {1}. That is {2} more now.', name, amount, change)
    : l10n.t('Period before ({0}): {1}. That is {2} less now.', name, amount, change);
}
