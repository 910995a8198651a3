import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { amountText } from '../amount.ts';
import { type Block, paragraph, table } from '../document/block.ts';
import { dateTimeText } from '../time.ts';
import { scopeName } from '../usage.ts';
import type { Balance, ReviewPart } from './reviewContent.ts';

/**
 * The section on balances: what was left at both ends of the range, when that was read, and
 * whether the difference agrees with what was spent.
 */
export function balancesSection(parts: readonly ReviewPart[]): Block[] {
  const known = parts.filter(({ opening, closing }) => opening ?? closing);
  if (known.length === 0) return [paragraph(l10n.t('No balance was recorded.'))];
  const columns = [
    { head: l10n.t('Name') },
    { head: l10n.t('Opening'), isNumber: true },
    { head: l10n.t('Read on') },
    { head: l10n.t('Closing'), isNumber: true },
    { head: l10n.t('Read on') },
    { head: l10n.t('Decrease'), isNumber: true },
    { head: l10n.t('Used'), isNumber: true },
  ];
  return [
    table(columns, parts.map(balanceRow)),
    paragraph(
      l10n.t(
        'Balances are from Key Quota’s own readings. If the decrease differs from what was used, there was a top-up or a refund, or the balance was not read exactly at the start and end of the range.',
      ),
    ),
    ...(known.some(hasSeriesChanged)
      ? [
          paragraph(
            l10n.t(
              'If a key’s unit, scale or secret changed between its two balances, they cannot be compared and no decrease is given.',
            ),
          ),
        ]
      : []),
  ];
}

/** Whether the two balances belong to different series, so that their difference has no meaning. */
function hasSeriesChanged({ opening, closing }: ReviewPart): boolean {
  return opening !== undefined && closing !== undefined && opening.series !== closing.series;
}

function balanceRow(part: ReviewPart): string[] {
  const { report, opening, closing } = part;
  const { unit, total } = report;
  const decrease =
    opening && closing && !hasSeriesChanged(part) ? exact(opening.amount - closing.amount) : undefined;
  return [
    scopeName(report),
    ...balanceCells(opening, unit),
    ...balanceCells(closing, unit),
    decrease === undefined ? '–' : amountText(decrease, unit, 'cents', 'nearest'),
    total ? amountText(total.used, unit, 'cents', 'nearest') : '–',
  ];
}

function balanceCells(known: Balance | undefined, unit: Unit): [amount: string, read: string] {
  return known
    ? [amountText(known.amount, unit, 'cents', 'nearest'), dateTimeText(known.at)]
    : [l10n.t('not recorded'), ''];
}
