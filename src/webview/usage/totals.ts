import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { type Flaw, type Headline, headlineOf } from '../../core/usage/headline.ts';
import type { UsageTotal } from '../../core/usage/usage.ts';
import { type AmountSide, amountText, countText, percentText } from '../../text/amount.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { doubtText, flawedTitle, lackText, shareOfAllText, totalName } from '../../text/usageHeadline.ts';
import { createElement } from '../widgets/element.ts';
import { type Section, sectionTotal } from './sections.ts';

export interface TotalsOptions {
  readonly unit: Unit;
  readonly total: UsageTotal | undefined;
  /** What the total is worth. */
  readonly headline: Headline;
  /** The period before; absent while nobody asked for it. */
  readonly previous?: { readonly total: UsageTotal | undefined; readonly flaw: Flaw | undefined };
}

/** The figures of a whole section. */
export function totalsList({ unit, total, headline, previous }: TotalsOptions): HTMLElement {
  const isAssumed = unit.source === 'default' && unit.code !== 'UNITS';
  const amount = (value: number, side: AmountSide = 'used') =>
    `${isAssumed ? '≈ ' : ''}${amountText(value, unit, 'exact', side)}`;
  const covered = shareOfAllText(headline);
  const doubt = doubtText(headline);
  const items: (HTMLElement | undefined)[] = [
    item(totalName(headline), total === undefined ? l10n.t('not known') : amount(total.used), 'total'),
    covered === undefined ? undefined : item(l10n.t('Covers'), covered, 'lack'),
    doubt === undefined ? undefined : item(l10n.t('Note'), doubt, 'lack'),
    total?.requests === undefined ? undefined : item(l10n.t('Requests'), countText(total.requests)),
    total?.tokens === undefined ? undefined : item(l10n.t('Tokens'), countText(total.tokens)),
  ];
  if (previous) {
    const before = previous.total;
    const name = flawedTitle(l10n.t('Period before'), previous.flaw);
    items.push(item(name, before === undefined ? l10n.t('not known') : amount(before.used)));
    // The difference of two parts is no change.
    if (total && before && headline.isWhole && previous.flaw === undefined)
      items.push(item(l10n.t('Change'), changeText(total.used, before.used, amount)));
  }
  return createElement('dl', { class: 'totals' }, ...items);
}

function changeText(
  now: number,
  before: number,
  amount: (value: number, side: AmountSide) => string,
): string {
  const change = exact(now - before);
  const size = `${change > 0 ? '+' : ''}${amount(change, 'near')}`;
  return before > 0
    ? l10n.t('{0} ({1})', size, `${change > 0 ? '+' : ''}${percentText(change / before)}`)
    : size;
}

function item(label: string, value: string, name?: string): HTMLElement {
  return createElement(
    'div',
    { class: name },
    createElement('dt', {}, label),
    createElement('dd', {}, value),
  );
}

/** A total in words, for those who cannot see it. */
export function totalText(section: Section, missing: number): string {
  const total = sectionTotal(section);
  const headline = headlineOf(section.reports, missing, Date.now());
  const words =
    total === undefined ? l10n.t('not known') : amountText(total.used, section.unit, 'exact', 'used');
  return joinSentences(l10n.t('Total: {0}', words), lackText(headline));
}
