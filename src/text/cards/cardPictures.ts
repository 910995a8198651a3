import type { CardTone } from '../../core/cards/keyCard.ts';

/** The kinds of themes. A picture in a data URI cannot use the theme's colors, so it has colors for each kind. */
export type ThemeKind = 'dark' | 'light' | 'darkContrast' | 'lightContrast';

export const PICTURE_WIDTH = 82;
export const BAR_HEIGHT = 10;
export const DAYS_HEIGHT = 14;

interface Palette extends Readonly<Record<CardTone, string>> {
  /** The used part of a bar, and days without spend. */
  readonly track: string;
  /** An edge around a bar, where a filled track is too faint. */
  readonly edge?: string;
  readonly day: string;
  readonly today: string;
}

const PALETTES: Readonly<Record<ThemeKind, Palette>> = {
  dark: {
    ...{ good: '#89d185', warning: '#cca700', error: '#f14c4c', plain: '#808080' },
    ...{ track: '#ffffff24', day: '#8b949e', today: '#3794ff' },
  },
  light: {
    ...{ good: '#388a34', warning: '#bf8803', error: '#e51400', plain: '#949494' },
    ...{ track: '#0000001f', day: '#8a919a', today: '#0063d3' },
  },
  darkContrast: {
    ...{ good: '#89d185', warning: '#ffd370', error: '#ff8a80', plain: '#ffffff' },
    ...{ track: '#00000000', edge: '#ffffff', day: '#ffffff', today: '#21a6ff' },
  },
  lightContrast: {
    ...{ good: '#1b6e20', warning: '#895503', error: '#b5200d', plain: '#292929' },
    ...{ track: '#00000000', edge: '#292929', day: '#292929', today: '#0f4a85' },
  },
};

const BAR = { y: 2, height: 6 };
const DAY = { width: 4, step: 6 };

/** The bar of a share that is left: full only when nothing is used, empty only when nothing is left. */
export function barPicture(share: number, tone: CardTone, theme: ThemeKind): string {
  const colors = PALETTES[theme];
  const least = BAR.height / 2;
  const between = Math.min(PICTURE_WIDTH - least, Math.max(least, round(share * PICTURE_WIDTH)));
  const width = share <= 0 ? 0 : share >= 1 ? PICTURE_WIDTH : between;
  const edge = colors.edge && ` stroke="${colors.edge}"`;
  const track = edge
    ? `<rect x=".5" y="${BAR.y - 0.5}" width="${PICTURE_WIDTH - 1}" height="${BAR.height + 1}" rx="3.5" fill="none"${edge}/>`
    : bar(PICTURE_WIDTH, colors.track);
  return picture(BAR_HEIGHT, track + (width > 0 ? bar(width, colors[tone]) : ''));
}

function bar(width: number, color: string): string {
  return `<rect y="${BAR.y}" width="${width}" height="${BAR.height}" rx="${Math.min(3, width / 2)}" fill="${color}"/>`;
}

/** What was spent on each day, today last: a line for a day without spend, nothing for one that is not known. */
export function daysPicture(days: readonly (number | undefined)[], theme: ThemeKind): string {
  const colors = PALETTES[theme];
  const most = Math.max(0, ...days.map(day => day ?? 0));
  const columns = days.map((amount, index) => {
    if (amount === undefined) return '';
    const isSpent = amount > 0;
    const height = isSpent ? Math.max(2, round((amount / most) * DAYS_HEIGHT)) : 1;
    const color = !isSpent
      ? (colors.edge ?? colors.track)
      : index === days.length - 1
        ? colors.today
        : colors.day;
    return `<rect x="${index * DAY.step}" y="${round(DAYS_HEIGHT - height)}" width="${DAY.width}" height="${height}" fill="${color}"/>`;
  });
  return picture(DAYS_HEIGHT, columns.join(''));
}

function round(size: number): number {
  return Math.round(size * 10) / 10;
}

/** An SVG picture as a data URI. It holds only figures and our own colors, so nothing in it needs escaping. */
function picture(height: number, content: string): string {
  const size = `width="${PICTURE_WIDTH}" height="${height}"`;
  return `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${content}</svg>`)}`;
}
