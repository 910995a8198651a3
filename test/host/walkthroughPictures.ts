import type { Locator, Page } from 'playwright-core';
import type { SampleKey } from '../sampleGateways/sampleKeys.ts';
import { statusBarFigure } from './picture.ts';
import { addSampleKeys, everyKeyChecked } from './sampleKeys.ts';
import type { Stage, StageWindow } from './stage.ts';

/** The window that they are taken in, and pixels per pixel: more of them would make the package too large. */
export const SIZE = { width: 800, height: 560 };
export const SCALE = 1;
/** Wide enough for the usage panel's buttons to stand in few lines, high enough for the whole chart. */
const PANEL_SIZE = { width: 940, height: 616 };
const MARGIN = 8;

type Take = (window: StageWindow, stage: Stage) => Promise<Buffer>;

/** In the order of the walkthrough, each from where the one before left the window. */
export const WALKTHROUGH_PICTURES: Readonly<Record<string, Take>> = {
  async addKey({ page, pilot }) {
    await tidy(pilot);
    // The emblem of an empty editor would look out from behind the box.
    await page.addStyleTag({ content: '.editor-group-watermark { visibility: hidden }' });
    void pilot.command('keyQuota.addKey');
    const box = page.locator('.quick-input-widget:visible');
    await box.getByRole('option').first().waitFor();
    const png = await around(page, [box]);
    await page.keyboard.press('Escape');
    return png;
  },

  async setWarning({ page, pilot }, { fleet }) {
    const low = fleet.sampleKeys.find(({ shows }) => shows === 'low');
    if (!low) throw new Error('No sample key is low.');
    const { label, kind, origin, secret, credential } = low;
    await pilot.command('keyQuota.addKey', { label, kind, origin, secret, credential });
    const toast = page.locator('.notification-toast:visible');
    await toast.waitFor();
    const png = await around(page, [toast, await statusBarFigure(page)]);
    await pilot.command('notifications.clearAll');
    return png;
  },

  async readBar({ page, pilot }, { fleet }) {
    await addSampleKeys(pilot, { ...fleet, sampleKeys: fleet.sampleKeys.filter(isAtAGlance) });
    await everyKeyChecked(pilot);
    await pilot.command('notifications.clearAll');
    const item = await statusBarFigure(page);
    await item.hover();
    const tooltip = page.locator('.workbench-hover:visible');
    await tooltip.waitFor();
    const png = await around(page, [tooltip, item]);
    await page.mouse.move(0, 0);
    await page.keyboard.press('Escape');
    return png;
  },

  async queryRange({ page, pilot }) {
    const [key] = (await pilot.snapshot<{ id: string; credential: string }>()).filter(
      ({ credential }) => credential === 'accessToken',
    );
    const [from, to] = [29, 0].map(days => dayBefore(days));
    await useScreen(page, PANEL_SIZE, 1);
    // Warnings about the keys that were added would stand in front of the chart.
    await pilot.setting('keyQuota.warnings.enabled', false);
    await pilot.command('keyQuota.queryUsage', { key: key?.id, from, to, show: true });
    await pilot.command('notifications.clearAll');
    const frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await frame.locator('canvas').first().waitFor();
    // The chart is drawn after its page.
    await page.waitForTimeout(1500);
    const png = await page.locator('.part.editor').screenshot();
    await pilot.setting('keyQuota.warnings.enabled');
    return png;
  },
};

/** Enough to show what the tooltip tells: one of each kind of news, and an account for the usage panel. */
function isAtAGlance({ shows, pinned, credential, gateway }: SampleKey): boolean {
  const news =
    ['exhausted', 'expiring in days', 'unlimited', 'low'].includes(shows) && gateway !== 'cometApi';
  return pinned === true || news || (credential === 'accessToken' && gateway === 'newApi');
}

/** Makes the window another size, and its pixels another one. */
export async function useScreen(
  page: Page,
  size: { readonly width: number; readonly height: number },
  deviceScaleFactor: number,
): Promise<void> {
  await page.setViewportSize(size);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor, mobile: false });
}

async function tidy(pilot: StageWindow['pilot']): Promise<void> {
  for (const command of [
    'workbench.action.closeAllEditors',
    'workbench.action.closePanel',
    'workbench.action.closeAuxiliaryBar',
    'workbench.action.closeSidebar',
    'notifications.clearAll',
  ]) {
    await pilot.command(command);
  }
}

/** The part of the window that holds all of these, with a margin. */
async function around(page: Page, parts: readonly Locator[]): Promise<Buffer> {
  const boxes = await Promise.all(parts.map(part => part.first().boundingBox()));
  const all = boxes.filter(box => box !== null);
  const x = Math.max(0, Math.min(...all.map(box => box.x)) - MARGIN);
  const y = Math.max(0, Math.min(...all.map(box => box.y)) - MARGIN);
  const right = Math.min(SIZE.width, Math.max(...all.map(box => box.x + box.width)) + MARGIN);
  const bottom = Math.min(SIZE.height, Math.max(...all.map(box => box.y + box.height)) + MARGIN);
  return page.screenshot({ clip: { x, y, width: right - x, height: bottom - y }, animations: 'disabled' });
}

function dayBefore(days: number): string {
  const at = new Date(Date.now() - days * 86_400_000);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map(part => String(part).padStart(2, '0'))
    .join('-');
}
