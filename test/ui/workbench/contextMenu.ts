import type { Locator, Page } from 'playwright-core';
import { again } from './again.ts';
import { leave } from './hover.ts';

/**
 * Opens the context menu of something, which has this title in it, and returns all titles. A line of a tree that is
 * redrawn belongs to nothing for a moment, and its menu is another one then.
 */
export async function openContextMenu(page: Page, target: Locator, title: string): Promise<string[]> {
  const items = page.locator('.monaco-menu .action-item:not(.disabled) .action-label[aria-label]');
  await again(`a menu with “${title}” is open`, async timeout => {
    await closeMenu(page, timeout);
    // A tooltip may lie over it.
    await leave(page);
    await target.click({ button: 'right', timeout });
    await items.and(page.getByLabel(title, { exact: true })).waitFor({ timeout });
  });
  return items.evaluateAll(elements => elements.map(element => element.getAttribute('aria-label') ?? ''));
}

/** Closes the menu without a choice, if there is one. */
async function closeMenu(page: Page, timeout: number): Promise<void> {
  const menu = page.locator('.monaco-menu');
  if (!(await menu.isVisible())) return;
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden', timeout });
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
