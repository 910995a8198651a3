import type { ThemeKind } from './cardPictures.ts';

/** Whether a theme is one of high contrast. */
export function isHighContrast(theme: ThemeKind): boolean {
  return theme === 'darkContrast' || theme === 'lightContrast';
}
