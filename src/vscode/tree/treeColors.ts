import type { Status } from '../../core/quota/statusName.ts';
import type { ThemeKind } from '../../text/cards/cardPictures.ts';
import { isHighContrast } from '../../text/cards/highContrast.ts';

/** Theme colors for the tree's icons; absent where the plain icon says enough. */
export const STATUS_COLOR: Readonly<Partial<Record<Status, string>>> = {
  ok: 'charts.green',
  low: 'list.warningForeground',
  exhausted: 'list.errorForeground',
  expired: 'list.errorForeground',
  disabled: 'list.errorForeground',
  invalid: 'list.errorForeground',
  stale: 'list.warningForeground',
};

/** Replacements in themes of high contrast, which do not define the colors of lists. */
const CONTRAST_COLOR: Readonly<Record<string, string>> = {
  'list.warningForeground': 'editorWarning.foreground',
  'list.errorForeground': 'errorForeground',
};

/** A color as a theme of this kind has it. */
export function colorIn(theme: ThemeKind, color: string): string {
  return (isHighContrast(theme) ? CONTRAST_COLOR[color] : undefined) ?? color;
}

/** For a key that is ok and ends within days. */
export const ENDING_ICON = 'watch';
export const ENDING_COLOR = 'list.warningForeground';

/** For a key that is pinned to the status bar, and well. */
export const PINNED_ICON = 'pinned';
