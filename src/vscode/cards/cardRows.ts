import { type CardTone, keyCard } from '../../core/cards/keyCard.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { shownRedactor } from '../../redaction/shownRedactor.ts';
import {
  BAR_HEIGHT,
  barPicture,
  DAYS_HEIGHT,
  daysPicture,
  PICTURE_WIDTH,
  type ThemeKind,
} from '../../text/cards/cardPictures.ts';
import { cardTexts } from '../../text/cards/cardTexts.ts';
import { isHighContrast } from '../../text/cards/highContrast.ts';
import { escapeHoverHtml } from '../../text/escapeHtml.ts';
import { areFiguresHidden } from '../../text/hiddenFigures.ts';
import { keyIcon } from '../views/icons.ts';
import { breakableName, listedName } from './cardName.ts';

/** A row of no height, between two cards. */
const GAP = '<tr><td></td></tr>';

/** A space as wide as a digit, so that shares are aligned. */
const FIGURE_SPACE = '\u2007';
const SHARE_LENGTH = 3;

const COLOR: Readonly<Record<CardTone, string | undefined>> = {
  good: 'charts-green',
  warning: 'list-warningForeground',
  error: 'list-errorForeground',
  plain: undefined,
};

/** Used in themes of high contrast, which do not define the colors of lists. */
const CONTRAST_COLOR: typeof COLOR = {
  ...COLOR,
  warning: 'editorWarning-foreground',
  error: 'errorForeground',
};

/** Cards as a table for a hover, HTML in Markdown. Two rows a key, so that pictures and figures line up. */
export function cardTable(rows: readonly string[]): string {
  return `<table>${rows.join(GAP)}</table>`;
}

/** The rows of a key's card; among others a long name is truncated. */
export function cardRows(key: KeyState, now: number, theme: ThemeKind, isListed = false): string {
  const card = keyCard(key, now);
  const plain = cardTexts(card, now);
  const [name, ...others] = shownRedactor.redactTexts([
    plain.name,
    plain.left,
    plain.share,
    plain.notice,
    plain.next,
    plain.spent,
    plain.days,
  ] as const);
  const [left, share, notice, next, spent, days] = others.map(text => text && escapeHoverHtml(text));
  const whole = (text: string | undefined) => text?.replaceAll(/(?<!·) (?!·)/g, '&nbsp;');
  // Pictures would reveal hidden figures.
  const hasPictures = !areFiguresHidden();
  const bar =
    hasPictures && card.bar && image(barPicture(card.bar.share, card.bar.tone, theme), BAR_HEIGHT, '');
  const chart = hasPictures && card.days && days && image(daysPicture(card.days, theme), DAYS_HEIGHT, days);
  const color = (isHighContrast(theme) ? CONTRAST_COLOR : COLOR)[card.tone];
  return [
    row(
      `${colored(`$(${keyIcon(key)})`, color)} <b>\u2068${breakableName(isListed ? listedName(name) : name)}\u2069</b>`,
      bar || '',
      whole([share?.padStart(SHARE_LENGTH, FIGURE_SPACE), left].filter(text => text).join('  ')) ?? '',
    ),
    row(
      [notice && colored(whole(notice), color ?? DIM), next && colored(whole(next), DIM)]
        .filter(text => text)
        .join(colored(' · ', DIM)),
      chart || '',
      spent ? colored(whole(spent), DIM) : '',
    ),
  ].join('');
}

/** Between two columns. */
const BETWEEN = '&nbsp;&nbsp;&nbsp;';

const DIM = 'descriptionForeground';

/** A row, unless it is empty. The gaps are beside texts: a line may break after a picture. */
function row(texts: string, pictured: string, figures: string): string {
  if (`${texts}${pictured}${figures}` === '') return '';
  return `<tr><td>${texts}${BETWEEN}</td><td>${pictured}</td><td>${BETWEEN}${figures}</td></tr>`;
}

function colored(html = '', color: string | undefined): string {
  return color === undefined ? html : `<span style="color:var(--vscode-${color});">${html}</span>`;
}

function image(source: string, height: number, alt: string): string {
  return `<img src="${source}" width="${PICTURE_WIDTH}" height="${height}" alt="${alt}">`;
}
