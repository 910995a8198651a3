import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { KeyState } from '../../src/quota/keyState.ts';
import type { StageWindow } from '../host/stage.ts';
import { until } from '../host/until.ts';
import { picture } from './support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { answerNotification, notification, readNotification } from './workbench/notifications.ts';
import { dismissQuickInput, readChoices, runCommand } from './workbench/quickInput.ts';
import { readStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

const KEY = 'Translation service';
const GRANTED_UNITS = 100_000_000;
const DAY_S = 86_400;
/** Warnings are gathered for 2.5 s, and other windows wait for 8 s: by now each would have said its own. */
const SAID_BY_THEN_MS = 12_000;

describe('warnings', () => {
  const stage = useStage({ fleet: { limits: 'off' } });
  const gatewayKey = () => stage().fleet.gateways.newApiCny.key('translation');
  let other: StageWindow;
  let id: string;

  /** Lets so many per cent be left at the gateway, and asks it. */
  async function leaveLeft(percent: number): Promise<void> {
    const remain = (GRANTED_UNITS * percent) / 100;
    Object.assign(gatewayKey(), { remain, used: GRANTED_UNITS - remain });
    await refresh();
  }

  async function endIn(days: number): Promise<void> {
    gatewayKey().expiresAt = Math.round(Date.now() / 1000 + days * DAY_S);
    await refresh();
  }

  async function refresh(): Promise<void> {
    const [state] = await stage().pilot.command<KeyState[]>('keyQuota.refresh', id);
    assert.equal(state?.failure, undefined);
  }

  /** The windows that say this, once every window has had the time to. */
  async function saidIn(text: string | RegExp, ...pages: readonly Page[]): Promise<Page[]> {
    const counts = () => Promise.all(pages.map(page => notification(page, text).count()));
    await until('a window says it', 20_000, async () => (await counts()).some(count => count > 0));
    await pause(SAID_BY_THEN_MS);
    const found = await counts();
    assert.ok(Math.max(...found) <= 1, `said twice in one window: ${found}`);
    return pages.filter((_page, index) => (found[index] ?? 0) > 0);
  }

  async function assertSilent(why: string, ...pages: readonly Page[]): Promise<void> {
    await pause(SAID_BY_THEN_MS);
    for (const page of pages) {
      const messages = notification(page, KEY).locator('.notification-list-item-message');
      assert.deepEqual(await messages.allTextContents(), [], why);
    }
  }

  /** Closes a window as a person does, so that its extension host ends. */
  async function closeWindow({ page }: StageWindow): Promise<void> {
    await page.goto('about:blank');
    await page.close();
  }

  const clear = (...windows: readonly StageWindow[]) =>
    Promise.all(windows.map(({ pilot }) => pilot.command('notifications.clearAll')));

  before(async () => {
    const { pilot, fleet, openAnother } = stage();
    gatewayKey().expiresAt = -1;
    [id = ''] = await addKeys(pilot, [sampleKey(fleet, KEY)]);
    other = await openAnother('beside');
    await allShown(other.pilot, 'the other window shows the key', keys => keys.some(key => key.reading));
    await Promise.all([stage().page, other.page].map(page => openViewContainer(page, CONTAINER)));
  });

  it('one notification appears in exactly one of two windows', async () => {
    const { page } = stage();
    await leaveLeft(4);
    const pages = await saidIn(`“${KEY}” is low`, page, other.page);
    assert.equal(pages.length, 1, 'said in one window alone');
    const [where = page] = pages;
    const { message, severity, buttons } = await readNotification(where, KEY);
    assert.match(message, /^“Translation service” is low: ¥\d+\.\d\d of ¥1,460\.00 \(4%\) left\.$/);
    assert.equal(severity, 'warning');
    assert.deepEqual(buttons.toSorted(), ['Don’t Warn for This Key', 'Show Usage', 'Snooze 24 Hours']);
    await picture(where, 'warning');
  });

  it('Snooze in one window silences both, while bar and tree go on', async () => {
    const { page } = stage();
    const shownIn = (await notification(page, KEY).count()) > 0 ? page : other.page;
    await answerNotification(shownIn, KEY, 'Snooze 24 Hours');
    await leaveLeft(0);
    await assertSilent('snoozed', page, other.page);
    for (const each of [page, other.page]) {
      await statusBarItem(each, ITEM).filter({ hasText: 'used up' }).waitFor();
      assert.equal((await readStatusBarItem(each, ITEM)).background, 'error');
    }
  });

  it('what still holds is said when warnings are resumed, once, and not again after a restart', async () => {
    const { page, pilot, openAnother } = stage();
    await pilot.command('keyQuota.resumeWarnings');
    const pages = await saidIn(`“${KEY}” is used up`, page, other.page);
    assert.equal(pages.length, 1);
    assert.equal((await readNotification(pages[0] ?? page, KEY)).severity, 'error');
    await clear(stage(), other);
    await closeWindow(other);
    other = await openAnother('beside');
    await allShown(other.pilot, 'the new window shows the key', keys =>
      keys.some(key => key.status === 'exhausted'),
    );
    await assertSilent('a restart repeats nothing', page, other.page);
  });

  it('an end is said once, and again after the key was renewed at the gateway', async () => {
    const { page } = stage();
    await leaveLeft(90);
    await endIn(2);
    assert.equal((await saidIn(`“${KEY}” ends in 2 days`, page, other.page)).length, 1);
    await clear(stage(), other);
    await refresh();
    await assertSilent('said already', page, other.page);
    await endIn(60);
    await endIn(0.5);
    const pages = await saidIn(`“${KEY}” ends in 12 hours`, page, other.page);
    assert.equal(pages.length, 1);
    const { buttons } = await readNotification(pages[0] ?? page, KEY);
    assert.ok(buttons.includes('Replace Key…'), buttons.join());
    await picture(pages[0] ?? page, 'warning-end');
    await clear(stage(), other);
  });

  it('the keys that end are listed, and saved as a calendar', async () => {
    const { page, pilot, home } = stage();
    const file = join(home, 'keys.ics');
    const list = await pilot.command<{ label: string; expiresAt: string }[]>('keyQuota.showExpiringKeys', {
      file,
    });
    assert.deepEqual(
      list.map(({ label }) => label),
      [KEY],
    );
    const text = await readFile(file, 'utf8');
    assert.match(text, new RegExp(`\r\nUID:${id}@key-quota\r\n`));
    assert.match(text, /\r\nSUMMARY:API key “Translation service” ends\r\n/);
    await runCommand(page, 'Key Quota: Show Expiring Keys');
    const [first, save] = await readChoices(page);
    const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
    assert.ok(first?.includes(date.format(new Date(list[0]?.expiresAt ?? ''))), first);
    assert.match(save ?? '', /Save as a calendar file/);
    await picture(page, 'expiring-keys');
    await dismissQuickInput(page);
  });

  it('a key that is not to be warned about stays silent, and says so in the settings', async () => {
    const { page, pilot } = stage();
    await endIn(-1);
    const [where = page] = await saidIn(`“${KEY}” has expired`, page, other.page);
    await answerNotification(where, KEY, 'Don’t Warn for This Key');
    const settings = join(stage().server.dataFolder, 'data', 'User', 'settings.json');
    await until('the setting is written', 10_000, async () =>
      /"keyQuota\.warnings\.keys": \{\s*"Translation service": \{\s*"off": true/.test(
        await readFile(settings, 'utf8'),
      ),
    );
    await endIn(0.9);
    await assertSilent('switched off', page, other.page);
    await treeRow(page, VIEW, KEY).filter({ hasText: 'ends in' }).waitFor();
    await pilot.command('keyQuota.setKeyWarnings', { key: id });
    assert.equal((await saidIn(`“${KEY}” ends in`, page, other.page)).length, 1);
    await clear(stage(), other);
  });

  it('a pause of all is said in the head of the tree of both windows', async () => {
    const { page, pilot } = stage();
    const paused = await pilot.command<{ until: string }>('keyQuota.pauseWarnings', { hours: 2 });
    assert.ok(Date.parse(paused.until) > Date.now() + 7_000_000);
    const note = (each: Page) =>
      each
        .locator('.part.sidebar')
        .getByText(/warnings paused until/i)
        .first();
    for (const each of [page, other.page]) await note(each).waitFor({ timeout: 30_000 });
    await picture(page, 'warnings-paused');
    await leaveLeft(0);
    await endIn(-1);
    await assertSilent('paused', page, other.page);
    await other.pilot.command('keyQuota.resumeWarnings');
    assert.equal((await saidIn(`“${KEY}” has expired`, page, other.page)).length, 1);
    for (const each of [page, other.page]) await note(each).waitFor({ state: 'hidden', timeout: 30_000 });
  });
});
