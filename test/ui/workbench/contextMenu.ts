import type { Locator, Page } from 'playwright-core';
import { again } from './again.ts';

/** Opens the context menu of something and returns the titles in it. */
export async function openContextMenu(page: Page, target: Locator): Promise<string[]> {
  const items = page.locator('.monaco-menu .action-item:not(.disabled) .action-label[aria-label]');
  await again('a menu is open', async timeout => {
    await target.click({ button: 'right', timeout });
    await items.first().waitFor({ timeout });
  });
  return items.evaluateAll(elements => elements.map(element => element.getAttribute('aria-label') ?? ''));
}

/**
 * Chooses from the context menu that is open. By keyboard: for a moment after it opened, a menu takes
 * a click for the end of the click that opened it.
 */
export async function chooseFromMenu(page: Page, title: string): Promise<void> {
  const menu = page.locator('.monaco-menu');
  await again(`the pointer is on “${title}”`, async timeout => {
    await menu.getByRole('menuitem', { name: title }).hover({ timeout });
    await menu.locator('.action-item.focused').filter({ hasText: title }).waitFor({ timeout });
  });
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'hidden' });
}
