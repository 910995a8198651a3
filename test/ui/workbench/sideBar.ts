import type { Page } from 'playwright-core';
import { again } from './again.ts';
import { leave } from './hover.ts';

/** Drags the edge of the side bar until it is so wide, in pixels. */
export async function setSideBarWidth(page: Page, width: number): Promise<void> {
  await again(`the side bar is ${width} px wide`, async timeout => {
    // A tooltip may lie over the edge.
    await leave(page);
    const box = await page.locator('.part.sidebar').boundingBox({ timeout });
    if (!box) throw new Error('The side bar is not on the screen.');
    const [edge, middle] = [box.x + box.width, box.y + box.height / 3];
    await page.mouse.move(edge, middle);
    await page.mouse.down();
    await page.mouse.move(box.x + width, middle, { steps: 5 });
    await page.mouse.up();
    await leave(page);
    const isSo = (wanted: number) =>
      Math.abs((document.querySelector('.part.sidebar')?.getBoundingClientRect().width ?? 0) - wanted) <= 2;
    await page.waitForFunction(isSo, width, { timeout });
  });
}
