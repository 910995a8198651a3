import * as l10n from '@vscode/l10n';
import { MAX_CARDS, pickCards } from '../../core/cards/pickCards.ts';
import { needsAttention, needsNoAttention } from '../../core/quota/attention.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { ThemeKind } from '../../text/cards/cardPictures.ts';
import { updatedText } from '../../text/cards/cardTexts.ts';
import { escapeHoverMarkdown } from '../../text/escapeMarkdown.ts';
import { isAssumed } from '../../text/keyFigure.ts';
import { cardRows, cardTable } from '../cards/cardRows.ts';
import type { OwnCommand } from '../host/ownCommand.ts';
import { spendLines } from './spendLines.ts';

/** Commands that links in a tooltip may run; nothing else is trusted there. */
export const TOOLTIP_COMMANDS = [
  'keyQuota.refreshAll',
  'keyQuota.showOverview',
  'keyQuota.addKey',
  'keyQuota.keys.focus',
] as const satisfies readonly OwnCommand[];

/** The tooltip of some keys as Markdown. */
export type TooltipOf = (keys: readonly KeyState[], now: number) => string;

/** As many lines fit below six cards. */
const FITTING_LINES = 4;

/** The cards of the keys that matter most, how many there are besides, what all spent, and when that was. */
export function tooltipMarkdown(keys: readonly KeyState[], now: number, theme: ThemeKind = 'dark'): string {
  const { shown, others, troubled } = pickCards(keys, now);
  const rows = shown.map(key => cardRows(key, now, theme, true));
  const spend = spendLines(keys, others, now);
  let picked = { shown, lines: linesBelow(shown, rows, othersText(others, troubled, now), spend) };
  // The lowest card gives way for two lines: a card is higher than these.
  const count = Math.max(1, MAX_CARDS - Math.ceil((picked.lines.length - FITTING_LINES) / 2));
  if (count < shown.length) {
    const [left, without] = [shown.slice(0, count), shown.slice(count)];
    const more = othersText(
      [...without, ...others],
      troubled + without.filter(key => needsAttention(key, now)).length,
      now,
    );
    // Made once where nothing stands in them of a key that has no card now.
    const spendNow = without.some(({ spendingLimits }) => spendingLimits?.length)
      ? spendLines(keys, [...without, ...others], now)
      : spend;
    picked = { shown: left, lines: linesBelow(left, rows, more, spendNow) };
  }
  const foot = [
    escapeHoverMarkdown(updatedText(picked.shown, now) ?? ''),
    link(`$(refresh) ${l10n.t('Refresh')}`, 'keyQuota.refreshAll'),
    link(`$(dashboard) ${l10n.t('Overview')}`, 'keyQuota.showOverview'),
    link(`$(list-tree) ${l10n.t('Show All')}`, 'keyQuota.keys.focus'),
    link(`$(add) ${l10n.t('Add Key…')}`, 'keyQuota.addKey'),
  ].filter(text => text !== '');
  return [cardTable(rows.slice(0, picked.shown.length)), picked.lines.join('  \n'), foot.join(' &nbsp; ')]
    .filter(part => part !== '')
    .join('\n\n');
}

/** What stands between the cards and the foot. `rows` are those of the cards and perhaps of more. */
function linesBelow(
  shown: readonly KeyState[],
  rows: readonly string[],
  others: string | undefined,
  spend: readonly string[],
): readonly string[] {
  return [
    others,
    ...spend,
    [...rows.slice(0, shown.length), ...spend].some(isLeast)
      ? l10n.t('≥ At least this much: part of the spend is unknown.')
      : undefined,
    shown.some(isAssumed)
      ? l10n.t('≈ The gateway does not say its unit; the usual one is assumed.')
      : undefined,
  ].flatMap(text => (text === undefined ? [] : [escapeHoverMarkdown(text)]));
}

/** Whether a text has an amount of which more may have been spent. */
function isLeast(text: string | undefined): boolean {
  return text?.includes('≥') === true;
}

function othersText(others: readonly KeyState[], troubled: number, now: number): string | undefined {
  const count = others.length;
  if (count === 0) return undefined;
  // Nobody knows that of paused keys and of new ones.
  if (troubled === 0)
    return others.every(key => needsNoAttention(key, now))
      ? l10n.t('and {0} more, all well', count)
      : l10n.t('and {0} more', count);
  return troubled === 1
    ? l10n.t('and {0} more, 1 needs attention', count)
    : l10n.t('and {0} more, {1} need attention', count, troubled);
}

function link(text: string, command: (typeof TOOLTIP_COMMANDS)[number]): string {
  return `[${text}](command:${command})`;
}
