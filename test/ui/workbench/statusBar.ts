import type { Locator, Page } from 'playwright-core';
import { leave } from './hover.ts';

/** The background that VS Code gives a status bar item to draw attention to it. */
export type Background = 'none' | 'warning' | 'error';

/** What a status bar item shows, and what a screen reader says about it. */
export interface StatusBarItem {
  text: string;
  label: string;
  background: Background;
}

/** The item with this id, as given to `createStatusBarItem`, or with this text in it. */
export function statusBarItem(page: Page, idOrText: string | RegExp): Locator {
  const items = page.locator('.part.statusbar .statusbar-item');
  // VS Code puts the id of the extension in front.
  const byId = typeof idOrText === 'string' ? page.locator(`.statusbar-item[id$=".${idOrText}"]`) : undefined;
  const byText = items.filter({ hasText: idOrText });
  return byId ? byId.or(byText) : byText;
}

/** The message that an extension shows for a few seconds, if there is one. */
export function statusBarMessage(page: Page): Locator {
  return page.locator('[id="status.extensionMessage"]');
}

/** Waits until the item is there, and reads it. */
export async function readStatusBarItem(page: Page, idOrText: string | RegExp): Promise<StatusBarItem> {
  const item = statusBarItem(page, idOrText);
  await item.waitFor();
  return item.evaluate(element => {
    const background = element.classList.contains('error-kind')
      ? 'error'
      : element.classList.contains('warning-kind')
        ? 'warning'
        : 'none';
    return {
      text: (element.textContent ?? '').replaceAll('\u00a0', ' ').trim(),
      label: element.getAttribute('aria-label') ?? '',
      background,
    };
  });
}

/** Clicks the item, as a user would to run its command, and leaves it. */
export async function clickStatusBarItem(page: Page, idOrText: string | RegExp): Promise<void> {
  await statusBarItem(page, idOrText).locator('a').first().click();
  await leave(page);
}
