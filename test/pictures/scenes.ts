import type { KeyState } from '../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import { arrangeForPicture, statusBarFigure, widenSideBar } from '../host/picture.ts';
import type { Pilot } from '../host/pilot.ts';
import type { StageWindow } from '../host/stage.ts';
import { until } from '../host/until.ts';
import { dayBefore } from '../ui/support/panel.ts';
import { addKeys, sampleKey } from '../ui/support/product.ts';
import { hoverOver, stopHovering } from '../ui/workbench/hover.ts';
import { webview } from '../ui/workbench/webview.ts';
import { BOX_SCENES } from './boxes.ts';
import type { Scene } from './scene.ts';

const NARROW = 220;
const SHORT_MS = 1_000;
/** The key of which most is known: its end, its models, what it spent. */
export const RICHEST_KEY = 'Docs bot – staging';
/** Keys of two gateways in turn, since each limits how often its keys are asked. */
const WARNED_KEYS = [
  ['Thumbnails batch', 'Deleted prototype'],
  ['CI evals', 'Aider – old laptop'],
] as const;
let warned = 0;
const USED_KEYS = ['Cline – work', 'Roo – side project', 'Claude Code – home'];

const welcome: Scene = {
  name: 'welcome',
  withKeys: false,
  async take({ page, pilot }, _stage, shot) {
    await pilot.command('workbench.view.extension.keyQuota');
    await page.locator('.part.sidebar .welcome-view-content').first().waitFor();
    await shot();
  },
};

const walkthrough: Scene = {
  name: 'walkthrough',
  withKeys: false,
  wide: true,
  async take({ page, pilot }, _stage, shot) {
    await pilot.command('workbench.action.openWalkthrough', 'key-quota.key-quota#keyQuota.start', false);
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    await steps.first().waitFor();
    const isWide = (page.viewportSize()?.width ?? 0) > 1500;
    for (let at = 0; at < (await steps.count()); at++) {
      // A narrow editor leaves the pictures out.
      const media = () =>
        webview(page)
          .locator('svg')
          .first()
          .innerHTML({ timeout: SHORT_MS })
          .catch(() => '');
      const before = at > 0 && isWide ? await media() : '';
      if ((await steps.nth(at).getAttribute('aria-expanded')) !== 'true') await steps.nth(at).click();
      if (isWide)
        await until('the picture of the step is there', PATIENCE_MS, async () => {
          const shown = await media();
          return shown.includes('<text') && shown !== before;
        });
      await shot(String(at + 1));
    }
  },
};

const tree: Scene = {
  name: 'tree',
  withKeys: true,
  wide: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await shot();
  },
};

const narrowTree: Scene = {
  name: 'tree220',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await widenSideBar(page, NARROW);
    await page.mouse.move(NARROW * 3, 0);
    await shot();
    await widenSideBar(page);
  },
};

const tooltip: Scene = {
  name: 'tooltip',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await hoverOver(page, await statusBarFigure(page));
    await shot();
  },
};

const hover: Scene = {
  name: 'hover',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await hoverOver(
      page,
      page.locator('.part.sidebar').getByRole('treeitem').filter({ hasText: RICHEST_KEY }).first(),
    );
    await shot();
  },
};

const gatewayHover: Scene = {
  name: 'gatewayHover',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await hoverOver(
      page,
      page.locator('.part.sidebar').getByRole('treeitem').and(page.locator('[aria-level="1"]')).nth(1),
    );
    await shot();
  },
};

const menu: Scene = {
  name: 'menu',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    const line = page.locator('.part.sidebar').getByRole('treeitem').filter({ hasText: RICHEST_KEY }).first();
    await line.click({ button: 'right' });
    await page.locator('.monaco-menu .action-item').first().waitFor();
    await shot();
  },
};

const hidden: Scene = {
  name: 'hidden',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await pilot.command('keyQuota.hideFigures', { hidden: true });
    await hoverOver(
      page,
      page
        .locator('.statusbar-item[id^="key-quota.key-quota."]')
        .filter({ hasText: /•|\*|…/ })
        .first(),
    );
    await shot();
    await pilot.command('keyQuota.hideFigures', { hidden: false });
  },
};

const usage: Scene = {
  name: 'usage',
  withKeys: true,
  wide: true,
  narrow: true,
  tall: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await pilot.command('workbench.action.closeSidebar');
    const key = await idsOf(pilot, USED_KEYS);
    await pilot.command('keyQuota.queryUsage', { key, from: dayBefore(13), to: dayBefore(0), show: true });
    await webview(page).locator('.totals .total dd').first().waitFor();
    await webview(page).locator('canvas, svg').first().waitFor();
    // The notification about the panel’s question is gone.
    await page.locator('.notification-toast:visible').waitFor({ state: 'hidden' });
    await shot();
  },
};

const logs: Scene = {
  name: 'logs',
  withKeys: true,
  wide: true,
  narrow: true,
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await pilot.command('workbench.action.closeSidebar');
    const [key] = await idsOf(pilot, ['Relay One – account']);
    await pilot.command('keyQuota.showLogs', { key });
    await webview(page).locator('tbody tr').first().waitFor();
    await shot();
  },
};

const overview: Scene = {
  name: 'overview',
  withKeys: true,
  wide: true,
  narrow: true,
  tall: true,
  async take({ page, pilot }, _stage, shot) {
    await pilot.command('workbench.action.closeSidebar');
    await pilot.command('keyQuota.showOverview');
    await webview(page).locator('h1, h2, section, article').first().waitFor();
    await shot();
  },
};

const settings: Scene = {
  name: 'settings',
  withKeys: true,
  wide: true,
  async take({ page, pilot }, _stage, shot) {
    await pilot.command('workbench.action.openSettings', '@ext:key-quota.key-quota');
    await page.locator('.settings-editor .setting-item-title').first().waitFor();
    const groups = page.locator('.settings-toc-wrapper [aria-level="4"]');
    await groups.first().waitFor();
    for (let at = 0; at < (await groups.count()); at++) {
      await groups.nth(at).click();
      await groups.nth(at).and(page.locator('[aria-selected="true"]')).waitFor();
      await shot(String(at + 1));
    }
  },
};

/** The last, since it changes keys. */
const notification: Scene = {
  name: 'notification',
  withKeys: true,
  async take({ page, pilot }, { fleet }, shot) {
    await arrangeForPicture(page, pilot);
    const labels = WARNED_KEYS[warned++ % 2] ?? [];
    // What was warned about is not said again, except of keys that are new.
    for (const id of await idsOf(pilot, labels))
      await pilot.command('keyQuota.removeKey', { id, confirmed: true });
    await addKeys(
      pilot,
      labels.map(label => sampleKey(fleet, label)),
    );
    await page.locator('.notification-toast:visible').first().waitFor();
    await shot();
  },
};

export const SCENES: readonly Scene[] = [
  ...[welcome, walkthrough],
  ...BOX_SCENES,
  ...[tree, narrowTree, tooltip, hover, gatewayHover, menu, hidden],
  ...[usage, logs, overview, settings, notification],
];

/** Closes everything that a scene has opened. */
export async function clearScreen({ page, pilot }: StageWindow): Promise<void> {
  for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  await stopHovering(page).catch(() => undefined);
  await pilot.command('workbench.action.closeAllEditors');
  await pilot.command('notifications.clearAll');
}

async function idsOf(pilot: Pilot, labels: readonly string[]): Promise<string[]> {
  const keys = await pilot.snapshot<KeyState>();
  return labels.flatMap(label => keys.find(key => key.label === label)?.id ?? []);
}
