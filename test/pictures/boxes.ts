import type { Page } from 'playwright-core';
import type { CommandId } from '../../src/vscode/commands/commandIds.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import type { Pilot } from '../host/pilot.ts';
import { until } from '../host/until.ts';
import { quickInput } from '../ui/workbench/quickInput.ts';
import type { Scene } from './scene.ts';

/**
 * A quick pick or an input box that a command opens; `typed` is for a second picture, of what the box says to that
 * text.
 */
interface Box {
  readonly name: string;
  readonly command: CommandId;
  readonly withKeys?: boolean;
  /** The label of the key. */
  readonly key?: string;
  readonly typed?: string;
}

const BOXES: readonly Box[] = [
  { name: 'addKey', command: 'keyQuota.addKey', withKeys: false, typed: 'relay.example.com/v1' },
  { name: 'addKeyProblem', command: 'keyQuota.addKey', withKeys: false, typed: 'http://relay.example.com' },
  { name: 'boxImport', command: 'keyQuota.importKeys', withKeys: false },
  { name: 'boxMcp', command: 'keyQuota.copyMcpConfiguration', withKeys: false },
  { name: 'boxWebhook', command: 'keyQuota.setWebhook', withKeys: false, typed: 'http://hooks.example.com' },
  { name: 'list', command: 'keyQuota.showKeys', typed: 'docs' },
  { name: 'boxKeyWarnings', command: 'keyQuota.setKeyWarnings', key: 'Cline – work' },
  { name: 'boxStyle', command: 'keyQuota.chooseStatusBarStyle' },
  { name: 'boxLimit', command: 'keyQuota.setSpendingLimit', key: 'Cline – work' },
  { name: 'boxNote', command: 'keyQuota.editNote', key: 'Cline – work' },
  { name: 'boxRename', command: 'keyQuota.renameKey', key: 'Cline – work', typed: ' ' },
  { name: 'boxModel', command: 'keyQuota.findKeyForModel' },
  { name: 'boxExpiring', command: 'keyQuota.showExpiringKeys' },
  { name: 'boxExport', command: 'keyQuota.exportKeys' },
];

export const BOX_SCENES: readonly Scene[] = BOXES.map(box => ({
  name: box.name,
  withKeys: box.withKeys ?? true,
  async take({ page, pilot }, _stage, shot) {
    const keys = await pilot.snapshot<{ readonly id: string; readonly label: string }>();
    await openBox(page, pilot, box.command, keys.find(({ label }) => label === box.key)?.id);
    await shot();
    if (box.typed === undefined) return;
    const before = await said(page);
    await quickInput(page).locator('.quick-input-box input').fill(box.typed);
    // A list is empty for a moment.
    await until(`the box answers “${box.typed}”`, PATIENCE_MS, async () => {
      const now = await said(page);
      return now.trim() !== '' && now !== before;
    });
    await shot('typed');
  },
}));

async function openBox(page: Page, pilot: Pilot, command: CommandId, key: string | undefined) {
  // It answers once the box is closed.
  pilot.command(command, ...(key === undefined ? [] : [key])).catch(() => undefined);
  await quickInput(page)
    .locator('.quick-input-title, .monaco-list-row')
    .filter({ hasText: /\S/ })
    .first()
    .waitFor();
}

/** The message below the input of a box. */
function said(page: Page): Promise<string> {
  return quickInput(page)
    .locator('.quick-input-message, .quick-input-list')
    .allInnerTexts()
    .then(texts => texts.join());
}
