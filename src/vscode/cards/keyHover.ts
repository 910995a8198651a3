import type { KeyState } from '../../core/quota/keyState.ts';
import { shownRedactor } from '../../redaction/shownRedactor.ts';
import type { ThemeKind } from '../../text/cards/cardPictures.ts';
import { updatedText } from '../../text/cards/cardTexts.ts';
import { clockAheadText } from '../../text/clockAheadText.ts';
import { escapeHoverMarkdown } from '../../text/escapeMarkdown.ts';
import { sinceText } from '../../text/spendSum.ts';
import { cardRows, cardTable } from './cardRows.ts';

/** The hover of a key's line in the tree, as Markdown: its card, the note on it, and why it has no newer figures. */
export function keyHoverMarkdown(key: KeyState, now: number, theme: ThemeKind): string {
  const { failure, note, reading, spend } = key;
  const lines = [
    // Isolated, so that one from right to left leaves the lines below as they are.
    note && `\u2068${note}\u2069`,
    failure?.message,
    clockAheadText(reading),
    spend && sinceText(spend),
    updatedText([key], now),
  ].flatMap(text => (text ? [escapeHoverMarkdown(shownRedactor.redact(text))] : []));
  return [cardTable([cardRows(key, now, theme)]), ...lines].join('\n\n');
}
