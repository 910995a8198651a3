import type { Locator, Page } from 'playwright-core';
import { again } from './again.ts';
import { leave } from './hover.ts';

/** Opens the view container with this title from the activity bar, unless it is open already. */
export async function openViewContainer(page: Page, title: string): Promise<void> {
  const tab = page.locator('.activitybar').getByRole('tab', { name: title });
  await again(`${title} is open`, async timeout => {
    if ((await tab.getAttribute('aria-expanded', { timeout })) !== 'true') await tab.click({ timeout });
    await page.locator('.part.sidebar .composite.title').filter({ hasText: title }).waitFor({ timeout });
  });
  await leave(page);
}

/** The badge on the icon of this view container; it has the figure as its text while there is one. */
export function badge(page: Page, title: string): Locator {
  return page.locator('.activitybar').getByRole('tab', { name: title }).locator('.badge-content');
}
