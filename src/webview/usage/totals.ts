import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { type Flaw, type Headline, headlineOf } from '../../core/usage/headline.ts';
import type { UsageTotal } from '../../core/usage/usage.ts';
import { type AmountRounding, amountText, countText, percentText } from '../../text/amount.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import {
  coveredShareText,
  doubtText,
  flawedTitle,
  incompleteText,
  totalName,
} from '../../text/usageHeadline.ts';
import { type Section, sectionTotal } from './sections.ts';

export interface TotalsOptions {
  readonly unit: Unit;
  readonly total: UsageTotal | undefined;
  /** What is missing in the total or may be wrong. */
  readonly headline: Headline;
  /** The previous period; absent while it is not compared with. */
  readonly previous?: { readonly total: UsageTotal | undefined; readonly flaw: Flaw | undefined };
}

/** A figure of a whole section, with its label. */
export interface TotalItem {
  readonly label: string;
  readonly value: string;
  /** The class name for the page's style. */
  readonly name?: 'total' | 'lack';
}

/** The figures of a whole section, in the order they are shown. */
export function totalItems({ unit, total, headline, previous }: TotalsOptions): readonly TotalItem[] {
  const isAssumed = unit.source === 'default' && unit.code !== 'UNITS';
  const amount = (value: number, rounding: AmountRounding = 'up') =>
    `${isAssumed ? '≈ ' : ''}${amountText(value, unit, 'exact', rounding)}`;
  const amountOf = (sum: UsageTotal | undefined) =>
    sum === undefined ? l10n.t('not known') : amount(sum.used);
  const covered = coveredShareText(headline);
  const doubt = doubtText(headline);
  const items: TotalItem[] = [{ label: totalName(headline), value: amountOf(total), name: 'total' }];
  if (covered !== undefined) items.push({ label: l10n.t('Covers'), value: covered, name: 'lack' });
  if (doubt !== undefined) items.push({ label: l10n.t('Note'), value: doubt, name: 'lack' });
  if (total?.requests !== undefined)
    items.push({ label: l10n.t('Requests'), value: countText(total.requests) });
  if (total?.tokens !== undefined) items.push({ label: l10n.t('Tokens'), value: countText(total.tokens) });
  if (!previous) return items;
  const before = previous.total;
  const label = flawedTitle(l10n.t('Period before'), previous.flaw);
  items.push({ label, value: amountOf(before) });
  // Incomplete totals have no meaningful difference.
  if (total && before && headline.isComplete && previous.flaw === undefined)
    items.push({ label: l10n.t('Change'), value: changeText(total.used, before.used, amount) });
  return items;
}

function changeText(
  now: number,
  before: number,
  amount: (value: number, rounding: AmountRounding) => string,
): string {
  const change = exact(now - before);
  const size = `${change > 0 ? '+' : ''}${amount(change, 'nearest')}`;
  return before > 0
    ? l10n.t('{0} ({1})', size, `${change > 0 ? '+' : ''}${percentText(change / before)}`)
    : size;
}

/** A total as a text for screen readers. */
export function totalText(section: Section, missing: number): string {
  const total = sectionTotal(section);
  const headline = headlineOf(section.reports, missing, Date.now());
  const text =
    total === undefined ? l10n.t('not known') : amountText(total.used, section.unit, 'exact', 'up');
  return joinSentences(l10n.t('Total: {0}', text), incompleteText(headline));
}
