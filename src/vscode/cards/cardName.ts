import { escapeHoverHtml } from '../../text/escapeHtml.ts';
import { graphemesOf, truncate } from '../../text/truncate.ts';
import { isWide } from '../../text/wideCharacter.ts';

/** A name in a list of cards is truncated to so many columns, so that it stays in one line beside the figures. */
const MAX_COLUMNS = 32;

/** A longer word may be broken: as one piece it would push the figures out of the hover. */
const MAX_WORD = 20;
const LONG_WORD = new RegExp(`\\S{${MAX_WORD + 1}}`, 'u');

/** The name of a key as one of several in a list. */
export function listedName(name: string): string {
  // No character takes more than two columns, and most names are short.
  if (name.length <= MAX_COLUMNS / 2) return name;
  return truncate(name, MAX_COLUMNS, text =>
    graphemesOf(text).reduce((sum, each) => sum + (isWide(each) ? 2 : 1), 0),
  );
}

/** A name as HTML of a hover, in which long words can be broken. */
export function breakableName(name: string): string {
  if (!LONG_WORD.test(name)) return escapeHoverHtml(name);
  let [html, length] = ['', 0];
  for (const grapheme of graphemesOf(name)) {
    length = /\s/.test(grapheme) ? 0 : length + 1;
    if (length > MAX_WORD) [html, length] = [`${html}<wbr>`, 1];
    html += escapeHoverHtml(grapheme);
  }
  return html;
}
