import * as vscode from 'vscode';
import type { ThemeKind } from '../../text/cards/cardPictures.ts';
import { ifAvailable } from './optionalApi.ts';

/** The kind of the theme that the window has now; dark in an editor that does not say. */
export function themeKind(): ThemeKind {
  switch (vscode.window.activeColorTheme?.kind) {
    case vscode.ColorThemeKind?.Light:
      return 'light';
    case vscode.ColorThemeKind?.HighContrast:
      return 'darkContrast';
    case vscode.ColorThemeKind?.HighContrastLight:
      return 'lightContrast';
    default:
      return 'dark';
  }
}

/** Calls back when the theme of the window has changed. */
export function onThemeChange(listener: () => void): vscode.Disposable {
  return ifAvailable(() => vscode.window.onDidChangeActiveColorTheme(listener));
}
