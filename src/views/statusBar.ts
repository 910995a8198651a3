import * as vscode from 'vscode';
import type { KeyState } from '../quota/keyState.ts';
import { t } from '../words/l10n.ts';
import { type StatusBarText, statusBarText } from './statusBarText.ts';
import { TOOLTIP_COMMANDS } from './tooltip.ts';

const PRIORITY = 90;

/** The item in the status bar. Hands over only what changed: VS Code redraws on every assignment. */
export class StatusBar {
  readonly #item: vscode.StatusBarItem;
  #shown: Partial<StatusBarText> = {};

  constructor() {
    this.#item = vscode.window.createStatusBarItem(
      'keyQuota.main',
      vscode.StatusBarAlignment.Right,
      PRIORITY,
    );
    this.#item.name = t('Key Quota');
  }

  render(keys: readonly KeyState[], now: number): void {
    const next = statusBarText(keys, now);
    const shown = this.#shown;
    if (next.text !== shown.text) this.#item.text = next.text;
    if (next.command !== shown.command) this.#item.command = next.command;
    if (next.spoken !== shown.spoken) this.#item.accessibilityInformation = { label: next.spoken };
    if (next.tooltip !== shown.tooltip) this.#item.tooltip = trusted(next.tooltip);
    if (next.background !== shown.background) {
      this.#item.backgroundColor =
        next.background && new vscode.ThemeColor(`statusBarItem.${next.background}Background`);
    }
    this.#shown = next;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function trusted(markdown: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown, true);
  text.isTrusted = { enabledCommands: TOOLTIP_COMMANDS };
  return text;
}
