import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { DAY_MS } from '../../core/time.ts';
import { type Flaw, type Headline, headlineOf } from '../../core/usage/headline.ts';
import { labelMaker } from '../../core/usage/spendLabel.ts';
import type { UsageTotal } from '../../core/usage/usage.ts';
import { type AmountRounding, amountText, countText, figureCountText } from '../../text/amount.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { percentText } from '../../text/percent.ts';
import {
  coveredShareText,
  doubtText,
  flawedTitle,
  incompleteText,
  totalName,
} from '../../text/usageHeadline.ts';
import { averageText, centsText, isMoney } from './amounts.ts';
import { type Section, sectionTotal } from './sections.ts';

export interface TotalsOptions {
  readonly unit: Unit;
  readonly total: UsageTotal | undefined;
  /** What is missing in the total or may be wrong. */
  readonly headline: Headline;
  /** How many days of the range have begun, and whether it goes on; absent where it is not whole days. */
  readonly days?: { readonly count: number; readonly isOver: boolean };
  /** The previous period; absent while it is not compared with. */
  readonly previous?: { readonly total: UsageTotal | undefined; readonly flaw: Flaw | undefined };
}

/** A figure of a whole section, with its label. */
export interface TotalItem {
  readonly label: string;
  readonly value: string;
  /** All its digits, where `value` has fewer. */
  readonly exact?: string;
  /** The class name for the page's style. */
  readonly name?: 'total' | 'lack';
}

/** The figures of a whole section, in the order they are shown. */
export function totalItems({ unit, total, headline, days, previous }: TotalsOptions): readonly TotalItem[] {
  const isAssumed = unit.source === 'default' && unit.code !== 'UNITS';
  const marked = (text: string) => `${isAssumed ? '≈ ' : ''}${text}`;
  const amount = (used: number, rounding: AmountRounding = 'up') => {
    const exactText = marked(amountText(used, unit, 'exact', rounding));
    const value = isMoney(unit) ? marked(centsText(used, unit)) : exactText;
    return { value, ...(value !== exactText && { exact: exactText }) };
  };
  const amountOf = (sum: UsageTotal | undefined) =>
    sum === undefined ? { value: l10n.t('unknown') } : amount(sum.used);
  const covered = coveredShareText(headline);
  const doubt = doubtText(headline);
  // What is not known at all is no total of which a part is missing.
  const label = total ? totalName(headline) : l10n.t('Total');
  const items: TotalItem[] = [{ label, ...amountOf(total), name: 'total' }];
  if (covered !== undefined) items.push({ label: l10n.t('Covers'), value: covered, name: 'lack' });
  if (doubt !== undefined) items.push({ label: l10n.t('Note'), value: doubt, name: 'lack' });
  if (total?.requests !== undefined)
    items.push({ label: l10n.t('Requests'), value: figureCountText(total.requests) });
  if (total?.tokens !== undefined)
    items.push({ label: l10n.t('Tokens'), value: figureCountText(total.tokens) });
  items.push(
    ...averages({ unit, total, headline, days }).map(each => ({
      ...each,
      value: marked(each.value),
    })),
  );
  if (!previous) return items;
  const before = previous.total;
  items.push({ label: flawedTitle(l10n.t('Period before'), previous.flaw), ...amountOf(before) });
  // Incomplete totals have no meaningful difference.
  if (total && before && headline.isComplete && previous.flaw === undefined)
    items.push({
      label: days?.isOver === false ? l10n.t('Change so far') : l10n.t('Change'),
      ...changeOf(total.used, before.used, amount),
    });
  return items;
}

/** What was spent per day and per request. The former only where nothing is missing: it would be too low. */
function averages({ unit, total, headline, days }: TotalsOptions): readonly TotalItem[] {
  if (!total || total.used === 0) return [];
  const items: TotalItem[] = [];
  if (days && days.count > 1 && headline.isComplete) {
    const count = countText(days.count);
    items.push({
      label: days.isOver ? l10n.t('Per day ({0} days)', count) : l10n.t('Per day ({0} days so far)', count),
      value: averageText(total.used / days.count, unit),
    });
  }
  if (total.requests)
    items.push({ label: l10n.t('Per request'), value: averageText(total.used / total.requests, unit) });
  return items;
}

/** How many days of a section's range have begun; undefined where it is not told. */
export function daysOf({ reports }: Section, timeZone: string, now: number): TotalsOptions['days'] {
  const [report] = reports;
  if (!report) return undefined;
  const [from, to] = [Date.parse(report.from), Date.parse(report.to)];
  const label = labelMaker('day', timeZone);
  // The last 24 hours lie in two days, of which neither is whole.
  if (label(from - 1) === label(from)) return undefined;
  const isOver = to < now;
  const dayOf = (ms: number) => Date.parse(label(ms)) / DAY_MS;
  return { count: dayOf(isOver ? to : now) - dayOf(from) + 1, isOver };
}

function changeOf(
  now: number,
  before: number,
  amount: (value: number, rounding: AmountRounding) => Pick<TotalItem, 'value' | 'exact'>,
): Pick<TotalItem, 'value' | 'exact'> {
  const change = exact(now - before);
  const sign = change > 0 ? '+' : '';
  const withShare = (text: string) =>
    before > 0
      ? l10n.t('{0} ({1})', `${sign}${text}`, `${sign}${percentText(change / before)}`)
      : `${sign}${text}`;
  const { value, exact: digits } = amount(change, 'nearest');
  return { value: withShare(value), ...(digits !== undefined && { exact: withShare(digits) }) };
}

/** A total as a text for screen readers. */
export function totalText(section: Section, missing: number): string {
  const total = sectionTotal(section);
  const headline = headlineOf(section.reports, missing, Date.now());
  const text = total === undefined ? l10n.t('unknown') : amountText(total.used, section.unit, 'exact', 'up');
  return joinSentences(l10n.t('Total: {0}', text), incompleteText(headline));
}
