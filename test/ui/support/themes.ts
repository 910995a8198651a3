import type { FrameLocator, Page } from 'playwright-core';
import { choose, runCommand, typeInto } from '../workbench/quickInput.ts';

/** VS Code's own themes, one of each kind. The last is the one that tests go on with. */
const THEMES: readonly (readonly [name: string, kind: string])[] = [
  ['Dark Modern', 'vscode-dark'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
  ['Light Modern', 'vscode-light'],
];

/** Chooses each theme as a person does, and does something in it once the panel has taken it on. */
export async function inEachTheme(
  page: Page,
  frame: FrameLocator,
  work: (theme: string, kind: string) => Promise<void>,
): Promise<void> {
  for (const [theme, kind] of THEMES) {
    await runCommand(page, 'Preferences: Color Theme');
    await typeInto(page, /theme/i, theme, { accept: false });
    await choose(page, new RegExp(`^${theme}`));
    await frame.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
    await work(theme, kind);
  }
}
