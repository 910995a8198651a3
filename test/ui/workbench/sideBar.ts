import type { Page } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';

/** Drags the edge of the side bar until it is so wide, in pixels. */
export async function setSideBarWidth(page: Page, width: number): Promise<void> {
  const sideBar = page.locator('.part.sidebar');
  const box = await sideBar.boundingBox();
  if (!box) throw new Error('The side bar is not on the screen.');
  const [edge, middle] = [box.x + box.width, box.y + box.height / 3];
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + width, middle, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(edge * 2, middle);
  await until(`the side bar is ${width} px wide`, PATIENCE_MS, async () => {
    const now = await sideBar.boundingBox();
    return now && Math.abs(now.width - width) <= 2;
  });
}
