import { exact } from '../quota/exact.ts';
import type { Unit } from '../quota/unit.ts';
import type { UsageTotal } from '../quota/usage.ts';
import { amountText, countText, percentText } from '../words/amount.ts';
import { t } from '../words/l10n.ts';
import { make } from './make.ts';

export interface TotalsOptions {
  readonly unit: Unit;
  readonly total: UsageTotal | undefined;
  /** The period before; absent while nobody asked for it. */
  readonly previous?: { readonly total: UsageTotal | undefined };
}

/** The figures of a whole section. */
export function totalsList({ unit, total, previous }: TotalsOptions): HTMLElement {
  const isAssumed = unit.source === 'default' && unit.code !== 'UNITS';
  const amount = (value: number) => `${isAssumed ? '≈ ' : ''}${amountText(value, unit, 'exact')}`;
  const items: (HTMLElement | undefined)[] = [
    item(t('Total'), total === undefined ? t('not known') : amount(total.used), 'total'),
    total?.requests === undefined ? undefined : item(t('Requests'), countText(total.requests)),
    total?.tokens === undefined ? undefined : item(t('Tokens'), countText(total.tokens)),
  ];
  if (previous) {
    const before = previous.total;
    items.push(item(t('Period before'), before === undefined ? t('not known') : amount(before.used)));
    if (total && before) items.push(item(t('Change'), changeText(total.used, before.used, amount)));
  }
  return make('dl', { class: 'totals' }, ...items);
}

function changeText(now: number, before: number, amount: (value: number) => string): string {
  const change = exact(now - before);
  const size = `${change > 0 ? '+' : ''}${amount(change)}`;
  return before > 0 ? t('{0} ({1})', size, `${change > 0 ? '+' : ''}${percentText(change / before)}`) : size;
}

function item(label: string, value: string, name?: string): HTMLElement {
  return make('div', { class: name }, make('dt', {}, label), make('dd', {}, value));
}

/** A total in words, for those who cannot see it. */
export function totalWords(unit: Unit, total: UsageTotal | undefined): string {
  return t('Total: {0}', total === undefined ? t('not known') : amountText(total.used, unit, 'exact'));
}
