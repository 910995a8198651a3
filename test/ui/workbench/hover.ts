import type { Locator, Page } from 'playwright-core';

/** The tooltip on the screen. */
export function tooltip(page: Page): Locator {
  return page.locator('.workbench-hover:visible');
}

/** Rests the pointer on something until its tooltip is there, and returns the tooltip. */
export async function hoverOver(page: Page, target: Locator): Promise<Locator> {
  await target.hover();
  await tooltip(page).waitFor();
  return tooltip(page);
}

/** Moves the pointer to where nothing has a tooltip, and waits until the tooltip is gone. */
export async function stopHovering(page: Page): Promise<void> {
  await page.mouse.move(page.viewportSize()?.width ?? 0, 0);
  await page.keyboard.press('Escape');
  await tooltip(page).waitFor({ state: 'hidden' });
}
