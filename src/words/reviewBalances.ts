import { exact } from '../quota/exact.ts';
import type { Unit } from '../quota/unit.ts';
import { amountText } from './amount.ts';
import { t } from './l10n.ts';
import { plainMarkdown, plainTable } from './markdownText.ts';
import type { Balance, ReviewPart } from './review.ts';
import { dateTimeText } from './time.ts';
import { scopeName } from './usage.ts';

/** What was left at both ends of the range, when that was read, and whether its fall is what was spent. */
export function balancesText(parts: readonly ReviewPart[]): string[] {
  const known = parts.filter(({ opening, closing }) => opening ?? closing);
  if (known.length === 0) return [t('No balance was recorded.')];
  const columns = [
    { head: t('Name') },
    { head: t('Opening'), isNumber: true },
    { head: t('Read on') },
    { head: t('Closing'), isNumber: true },
    { head: t('Read on') },
    { head: t('Fell by'), isNumber: true },
    { head: t('Used'), isNumber: true },
  ];
  return [
    plainTable(columns, parts.map(rowOf)),
    plainMarkdown(
      t(
        'Balances are from Key Quota’s own readings. Where the fall is not what was used, there was a top-up or a refund, or the balance was not read at the very ends of the range.',
      ),
    ),
  ];
}

function rowOf({ report, opening, closing }: ReviewPart): string[] {
  const { unit, total } = report;
  const fall = opening && closing && exact(opening.amount - closing.amount);
  return [
    scopeName(report),
    ...balance(opening, unit),
    ...balance(closing, unit),
    fall === undefined ? '–' : amountText(fall, unit, 'exact'),
    total ? amountText(total.used, unit, 'full', 'used') : '–',
  ];
}

function balance(known: Balance | undefined, unit: Unit): [amount: string, read: string] {
  return known
    ? [amountText(known.amount, unit, 'full', 'left'), dateTimeText(known.at)]
    : [t('not recorded'), ''];
}
