import type { Locator, Page } from 'playwright-core';
import { again } from './again.ts';

/** The tooltip on the screen. */
export function tooltip(page: Page): Locator {
  return page.locator('.workbench-hover:visible').last();
}

/** Rests the pointer on something until its tooltip is there, and returns the tooltip. */
export async function hoverOver(page: Page, target: Locator): Promise<Locator> {
  await again('a tooltip is there', async timeout => {
    // What is redrawn under a pointer that rests gets no tooltip, and one that is there may be that of something else.
    await takeAway(page, timeout);
    await target.hover({ timeout });
    await tooltip(page).waitFor({ timeout });
  });
  return tooltip(page);
}

/** Presses a link in the tooltip of something: VS Code takes the tooltip away when what it belongs to is redrawn. */
export async function pressInTooltip(page: Page, target: Locator, link: string): Promise<void> {
  await again(`“${link}” is pressed`, async timeout => {
    const text = tooltip(page).getByText(link);
    if (!(await text.isVisible())) await hoverOver(page, target);
    await text.click({ timeout });
  });
}

/** Moves the pointer to where nothing has a tooltip, and waits until the tooltip is gone. */
export async function stopHovering(page: Page): Promise<void> {
  await again('the tooltip is gone', timeout => takeAway(page, timeout));
}

async function takeAway(page: Page, timeout: number): Promise<void> {
  await leave(page);
  await tooltip(page).waitFor({ state: 'hidden', timeout });
}

/**
 * Moves the pointer to where nothing has a tooltip, and takes away the one that is there: no click gets through it to what it lies
 * over. One that is laid out or written again while the pointer leaves stays in VS Code until the pointer comes back, or for any
 * key: the one that is pressed does nothing else.
 */
export async function leave(page: Page): Promise<void> {
  await page.mouse.move(page.viewportSize()?.width ?? 0, 0);
  if (await tooltip(page).isVisible()) await page.keyboard.press('ScrollLock');
}
