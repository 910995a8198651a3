import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import type { StageWindow } from '../host/stage.ts';
import { until } from '../host/until.ts';
import { picture } from './support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { inStore } from './support/sharedStore.ts';
import { useStage } from './support/stageInUse.ts';
import {
  answerNotification,
  holdNotification,
  notification,
  readNotification,
} from './workbench/notifications.ts';
import { dismissQuickInput, readChoices, runCommand } from './workbench/quickInput.ts';
import { readStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { treeRow } from './workbench/tree.ts';
import { badge, openViewContainer } from './workbench/viewContainer.ts';

const KEY = 'Translation service';
const USED_UP = 'CI evals';
const GRANTED_UNITS = 100_000_000;
const DAY_S = 86_400;
/** A change is noticed within a second, and gathered with others for 2.5 s: by now every window would have spoken. */
const SAID_BY_THEN_MS = 5000;

describe('warnings', () => {
  const stage = useStage({ fleet: { limits: 'off' } });
  const gatewayKey = () => stage().fleet.gateways.newApiCny.key('translation');
  let other: StageWindow;
  let spoken: Page;
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
    // However much the background has asked for.
    inStore(stage(), database => database.exec('DELETE FROM requests'));
    const before = Date.now();
    const [state] = await stage().pilot.command<KeyState[]>('keyQuota.refresh', id);
    assert.equal(state?.failure, undefined);
    assert.ok(Date.parse(state?.checkedAt ?? '') >= before, 'the request budget is used up');
  }

  /** The window that says this: exactly one, though every window has had the time to. It goes on saying it. */
  async function saidIn(text: string | RegExp): Promise<Page> {
    const pages = [stage().page, other.page];
    const counts = () => Promise.all(pages.map(page => notification(page, text).count()));
    const where = await until(
      'a window says it',
      PATIENCE_MS,
      async () => pages[(await counts()).indexOf(1)],
    );
    await holdNotification(where, text);
    for (const deadline = Date.now() + SAID_BY_THEN_MS; Date.now() < deadline; await pause(200)) {
      const found = await counts();
      assert.deepEqual(
        found,
        pages.map(page => (page === where ? 1 : 0)),
      );
    }
    return where;
  }

  /** No window says anything about a key, though every window has had the time to. */
  async function assertSilent(why: string): Promise<void> {
    for (const deadline = Date.now() + SAID_BY_THEN_MS; Date.now() < deadline; await pause(200)) {
      for (const page of [stage().page, other.page]) {
        const messages = notification(page, /“/).locator('.notification-list-item-message');
        assert.deepEqual(await messages.allTextContents(), [], why);
      }
    }
  }

  /** Closes a window as a person does, so that its extension host ends. */
  async function closeWindow({ page }: StageWindow): Promise<void> {
    await page.goto('about:blank');
    await page.close();
  }

  const clear = () =>
    Promise.all([stage(), other].map(({ pilot }) => pilot.command('notifications.clearAll')));

  before(async () => {
    const { pilot, fleet, openAnother } = stage();
    gatewayKey().expiresAt = -1;
    [id = ''] = await addKeys(pilot, [sampleKey(fleet, KEY)]);
    other = await openAnother('beside');
    await allShown(other.pilot, 'the other window shows the key', keys => keys.some(key => key.reading));
    await Promise.all([stage().page, other.page].map(page => openViewContainer(page, CONTAINER)));
  });

  it('one notification appears in exactly one of two windows', async () => {
    await leaveLeft(4);
    spoken = await saidIn(`“${KEY}” is low`);
    const page = spoken;
    const { message, severity, buttons } = await readNotification(page, KEY);
    assert.match(message, /^“Translation service” is low: ¥58\.40 of ¥1,460\.00 \(4%\) left\.$/);
    assert.equal(severity, 'warning');
    assert.deepEqual(buttons, ['Show Usage', 'Snooze 24 Hours', 'Don’t Warn About This Key']);
    await picture(page, 'warning');
  });

  it('Snooze in one window mutes both, while status bar and tree go on', async () => {
    const page = spoken;
    await answerNotification(page, KEY, 'Snooze 24 Hours');
    await leaveLeft(0);
    for (const each of [page, other.page])
      await each.locator('.part.sidebar').getByText(`No warnings about “${KEY}” until`).waitFor();
    await picture(page, 'warnings-snoozed');
    await assertSilent('snoozed');
    for (const each of [stage().page, other.page]) {
      await statusBarItem(each, ITEM).filter({ hasText: 'used up' }).waitFor();
      assert.equal((await readStatusBarItem(each, ITEM)).background, 'error');
      await badge(each, CONTAINER).filter({ hasText: /^1$/ }).waitFor();
    }
  });

  it('a warning that still holds is shown when warnings are resumed, and not again after a restart', async () => {
    const { pilot, openAnother } = stage();
    await pilot.command('keyQuota.resumeWarnings');
    const page = await saidIn(`“${KEY}” is used up`);
    assert.equal((await readNotification(page, KEY)).severity, 'error');
    await clear();
    await closeWindow(other);
    other = await openAnother('beside');
    await allShown(other.pilot, 'the new window shows the key', keys =>
      keys.some(key => key.status === 'exhausted'),
    );
    await openViewContainer(other.page, CONTAINER);
    await assertSilent('a restart repeats nothing');
  });

  it('an end is shown once, and again after the key was renewed at the gateway', async () => {
    await leaveLeft(90);
    await endIn(2.5);
    await saidIn(`“${KEY}” expires in 2 days`);
    await clear();
    await refresh();
    await assertSilent('said already');
    await endIn(60);
    // The same threshold as before, on the way to another end.
    await endIn(2.3);
    const page = await saidIn(`“${KEY}” expires in 2 days`);
    const { buttons } = await readNotification(page, KEY);
    assert.deepEqual(buttons, ['Replace Secret…', 'Snooze 24 Hours', 'Don’t Warn About This Key']);
    await picture(page, 'warning-end');
    await clear();
  });

  it('the expiring keys are listed, and saved as a calendar', async () => {
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
    assert.match(text, /\r\nSUMMARY:API key “Translation service” expires\r\n/);
    await runCommand(page, 'Key Quota: Show Expiring Keys');
    const [first, save] = await readChoices(page);
    const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
    assert.ok(first?.includes(date.format(new Date(list[0]?.expiresAt ?? ''))), first);
    assert.match(save ?? '', /Save as a calendar file/);
    await picture(page, 'expiring-keys');
    await dismissQuickInput(page);
  });

  it('a key without warnings shows none in either window', async () => {
    const { pilot } = stage();
    await endIn(-1);
    const page = await saidIn(`“${KEY}” has expired`);
    await answerNotification(page, KEY, 'Don’t Warn About This Key');
    await endIn(0.9);
    await assertSilent('switched off');
    await treeRow(page, VIEW, KEY).filter({ hasText: 'expires in' }).waitFor();
    assert.deepEqual(await pilot.command('keyQuota.setKeyWarnings', { key: id }), {});
    await saidIn(`“${KEY}” expires in`);
    await clear();
  });

  it('a pause of all warnings is shown above the keys of both windows', async () => {
    const { page, pilot, fleet } = stage();
    const paused = await pilot.command<{ until: string }>('keyQuota.pauseWarnings', { hours: 2 });
    assert.ok(Date.parse(paused.until) > Date.now() + 7_000_000);
    const note = (each: Page) => each.locator('.part.sidebar').getByText('Warnings are paused until');
    for (const each of [page, other.page]) await note(each).waitFor();
    await picture(page, 'warnings-paused');
    await addKeys(pilot, [sampleKey(fleet, USED_UP)]);
    await assertSilent('paused');
    await other.pilot.command('keyQuota.resumeWarnings');
    await saidIn(`“${USED_UP}” is used up`);
    for (const each of [page, other.page]) await note(each).waitFor({ state: 'hidden' });
  });
});
