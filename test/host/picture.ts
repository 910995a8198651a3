import type { Locator, Page } from 'playwright-core';
import type { Pilot } from './pilot.ts';

const SIDE_BAR_WIDTH = 420;
const FIGURE_LIMIT_MS = 60_000;
/** The key with the most to tell: it ends in days, and may call some models only. */
const OPENED_KEY = 'Docs bot';

/** Waits until the status bar shows a figure, and returns its item. */
export async function statusBarFigure(page: Page): Promise<Locator> {
  const item = page.locator('.statusbar-item[id^="key-quota.key-quota."]').filter({ hasText: /\d/ });
  await item.waitFor({ timeout: FIGURE_LIMIT_MS });
  return item;
}

/** Arranges a window so that a picture of it shows the product and nothing else. */
export async function arrangeForPicture(page: Page, pilot: Pilot): Promise<void> {
  for (const command of [
    'workbench.action.closeAllEditors',
    'workbench.action.closePanel',
    'workbench.action.closeAuxiliaryBar',
    'notifications.clearAll',
    'workbench.view.extension.keyQuota',
  ]) {
    await pilot.command(command);
  }
  await widenSideBar(page);
  await openRows(page);
  await pilot.command('list.clear');
  // Moves the pointer away from everything that reacts to it, and the focus off the row.
  await page.mouse.move(0, 0);
  await pilot.command('workbench.action.focusActiveEditorGroup');
}

/** Makes the side bar so many pixels wide, by its edge. */
export async function widenSideBar(page: Page, width = SIDE_BAR_WIDTH): Promise<void> {
  const sideBar = page.locator('.part.sidebar');
  const box = await sideBar.boundingBox();
  if (!box) {
    throw new Error('The side bar is not on the screen.');
  }
  const edge = { x: box.x + box.width, y: box.y + box.height / 3 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, edge.y, { steps: 5 });
  await page.mouse.up();
}

/** Opens all gateways, and one key. */
async function openRows(page: Page): Promise<void> {
  const rows = page.locator('.part.sidebar').getByRole('treeitem');
  const closed = (level: number) => rows.and(page.locator(`[aria-level="${level}"][aria-expanded="false"]`));
  await rows.first().waitFor();
  for (let left = await closed(1).count(); left > 0; left--) {
    await closed(1).first().locator('.monaco-tl-twistie').click();
  }
  const keys = rows.and(page.locator('[aria-level="2"]'));
  await keys.first().waitFor();
  const opened = await firstOf(keys.filter({ hasText: OPENED_KEY }), keys);
  if ((await opened.getAttribute('aria-expanded')) === 'false') {
    await opened.locator('.monaco-tl-twistie').click();
    await rows.and(page.locator('[aria-level="3"]')).first().waitFor();
  }
}

/** The first element of `these`, or the first of `those` where there is none. */
async function firstOf(these: Locator, those: Locator): Promise<Locator> {
  return (await these.count()) > 0 ? these.first() : those.first();
}
