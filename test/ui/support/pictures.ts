import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/**
 * Saves what the window shows, when KEY_QUOTA_PICTURES names a folder: for people who want to see what the
 * tests go through.
 */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.KEY_QUOTA_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
