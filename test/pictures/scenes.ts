import type { Page } from 'playwright-core';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { commandIds } from '../../src/vscode/commands/commandIds.ts';
import { arrangeForPicture, statusBarFigure, widenSideBar } from '../host/picture.ts';
import type { Pilot } from '../host/pilot.ts';
import type { Stage, StageWindow } from '../host/stage.ts';
import { dayBefore } from '../ui/support/panel.ts';
import { addKeys, sampleKey } from '../ui/support/product.ts';
import { hoverOver, stopHovering } from '../ui/workbench/hover.ts';
import { quickInput } from '../ui/workbench/quickInput.ts';
import { webview } from '../ui/workbench/webview.ts';

/** One thing to take a picture of. */
export interface Scene {
  readonly name: string;
  /** Whether all sample keys are to be there, or none. */
  readonly withKeys: boolean;
  /** Whether it is taken in a window of 1920 px as well. */
  readonly wide?: boolean;
  /** Whether it is taken in a window of 400 px as well. */
  readonly narrow?: boolean;
  /** Sets the scene and calls `shot` once it stands; `part` names one of several. */
  take(window: StageWindow, stage: Stage, shot: (part?: string) => Promise<void>): Promise<void>;
}

const NARROW = 220;
/** The key of which most is known: its end, its models, what it spent. */
export const RICHEST_KEY = 'Docs bot – staging';
/** Of two gateways in turn: each lets a key be asked about so many times. */
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

const addKey: Scene = {
  name: 'addKey',
  withKeys: false,
  async take({ page, pilot }, _stage, shot) {
    await openBox(page, pilot, 'keyQuota.addKey');
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
      if ((await steps.nth(at).getAttribute('aria-expanded')) !== 'true') await steps.nth(at).click();
      // A narrow editor leaves the pictures out.
      if (isWide) await webview(page).locator('svg text').first().waitFor();
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

const list: Scene = {
  name: 'list',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await openBox(page, pilot, 'keyQuota.showKeys');
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
  async take({ page, pilot }, _stage, shot) {
    await arrangeForPicture(page, pilot);
    await pilot.command('workbench.action.closeSidebar');
    const key = await idsOf(pilot, USED_KEYS);
    await pilot.command('keyQuota.queryUsage', { key, from: dayBefore(13), to: dayBefore(0), show: true });
    await webview(page).locator('.totals .total dd').first().waitFor();
    await webview(page).locator('canvas, svg').first().waitFor();
    // Of the question that the panel asked.
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

/** Left out while there is no such command. */
const overviewCommand = commandIds.find(id => /overview/i.test(id));
const overview: Scene = {
  name: 'overview',
  withKeys: true,
  wide: true,
  narrow: true,
  async take({ page, pilot }, _stage, shot) {
    await pilot.command('workbench.action.closeSidebar');
    await pilot.command(overviewCommand ?? '');
    await webview(page).locator('h1, h2, section, article').first().waitFor();
    await shot();
  },
};

const settings: Scene = {
  name: 'settings',
  withKeys: true,
  async take({ page, pilot }, _stage, shot) {
    await pilot.command('workbench.action.openSettings', '@ext:key-quota.key-quota');
    await page.locator('.settings-editor .setting-item-title').first().waitFor();
    await shot();
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
  ...[welcome, addKey, walkthrough],
  ...[tree, narrowTree, tooltip, hover, list, hidden, usage, logs],
  ...(overviewCommand ? [overview] : []),
  ...[settings, notification],
];

/** Nothing is left of a scene for the next one. */
export async function calm({ page, pilot }: StageWindow): Promise<void> {
  for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
  await stopHovering(page).catch(() => undefined);
  await pilot.command('workbench.action.closeAllEditors');
  await pilot.command('notifications.clearAll');
}

async function openBox(page: Page, pilot: Pilot, command: string): Promise<void> {
  // It answers once the box is closed.
  pilot.command(command).catch(() => undefined);
  await quickInput(page).getByRole('option').first().waitFor();
}

async function idsOf(pilot: Pilot, labels: readonly string[]): Promise<string[]> {
  const keys = await pilot.snapshot<KeyState>();
  return labels.flatMap(label => keys.find(key => key.label === label)?.id ?? []);
}
