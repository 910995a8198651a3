import assert from 'node:assert/strict';
import { LANGUAGE_NAMES } from '../host/displayLanguage.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import { daysAgo, ledgerTotal, readTotal, round6, usagePage } from './support/panel.ts';
import { picture } from './support/pictures.ts';
import { CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { assertTranslated, textOf, translationInto } from './support/translation.ts';
import { answerDialog, readDialog } from './workbench/dialog.ts';
import { hoverOver, stopHovering } from './workbench/hover.ts';
import { clearNotification, holdNotification, readNotification } from './workbench/notifications.ts';
import {
  choose,
  dismissQuickInput,
  openPalette,
  quickInput,
  runCommand,
  typeInto,
} from './workbench/quickInput.ts';
import { readStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { expandRow, pressRowButton, treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';
import { openStep, stepIsDone, walkthroughStep } from './workbench/walkthrough.ts';
import { webview } from './workbench/webview.ts';

// “Cline – work” has $18.42 of $25.00 left, in quota units of which 500,000 are a dollar.
const KEY = 'Cline – work';
const GATEWAY = 'Relay One';
const WITH_4_PERCENT_LEFT = { remain: 500_000, used: 12_000_000 };
const WITH_NOTHING_LEFT = { remain: 0, used: 12_500_000 };

describe('the first steps of a user', () => {
  const stage = useStage({
    packaged: true,
    fleet: { limits: 'off' },
    // A narrow editor leaves the pictures of the walkthrough out.
    screen: { viewport: { width: 1720, height: 900 } },
  });
  const begin = async (title: string, button: string) => {
    await (await openStep(stage().page, title)).getByRole('button', { name: button }).click();
  };
  const shows = (text: string) => statusBarItem(stage().page, ITEM).filter({ hasText: text }).waitFor();

  describe('in English', () => {
    it('begins with the installed extension', async () => {
      const { page } = stage();
      await page.keyboard.press('ControlOrMeta+Shift+X');
      await page.locator('.extensions-viewlet').getByText('Key Quota', { exact: true }).first().click();
      await page.locator('.extension-editor .name').filter({ hasText: 'Key Quota' }).waitFor();
      await picture(page, 'newcomer-01-installed');
      await openViewContainer(page, CONTAINER);
      await page.locator('.part.sidebar .welcome-view-content').getByText('Take the tour').click();
      await walkthroughStep(page, 'Add a key').waitFor();
      await picture(page, 'newcomer-02-tour');
    });

    it('adds a key, and sees its figure', async () => {
      const { page, fleet } = stage();
      const { origin, secret } = sampleKey(fleet, KEY);
      await begin('Add a key', 'Add Key');
      await typeInto(page, 'Paste an address, a key, or both', origin);
      await typeInto(page, 'sent only to this gateway', secret);
      const { message } = await readNotification(page, 'was added');
      assert.ok(
        message.startsWith(`“${KEY}” was added. ${new URL(origin).host}: New API, by its status page.`),
      );
      await stage().pilot.command('notifications.clearAll');
      await shows(`${KEY} · $18.42`);
      await treeRow(page, VIEW, KEY).filter({ hasText: '$18.42' }).waitFor();
      await stepIsDone(page, 'Add a key');
      await picture(page, 'newcomer-03-added');
    });

    it('reads the bar, and changes its style', async () => {
      const { page } = stage();
      const tooltip = await hoverOver(page, statusBarItem(page, ITEM));
      await tooltip.filter({ hasText: /Cline – work\u2069?\s+73%\s+\$18\.42\sof\s\$25\.00\sleft/ }).waitFor();
      await picture(page, 'newcomer-04-tooltip');
      await stopHovering(page);
      await begin('Read the status bar', 'Choose a Style');
      await choose(page, 'Percent left');
      await shows(`${KEY} · 73%`);
      await stepIsDone(page, 'Read the status bar');
      await picture(page, 'newcomer-05-style');
    });

    it('gets a warning', async () => {
      const { page, fleet } = stage();
      Object.assign(fleet.gateways.newApi.key('cline-work'), WITH_4_PERCENT_LEFT);
      await pressRowButton(page, VIEW, KEY, 'Refresh Key');
      const { message, severity } = await readNotification(page, KEY);
      assert.equal(message, '“Cline – work” is low: $1.00 of $25.00 (4%) left.');
      assert.equal(severity, 'warning');
      await holdNotification(page, KEY);
      await shows(`${KEY} · 4% · low`);
      await picture(page, 'newcomer-06-warning');
      await clearNotification(page, KEY);
      await begin('Set a warning', 'Set Key Warnings');
      await quickInput(page).getByRole('option').first().waitFor();
      await picture(page, 'newcomer-07-set-warning');
      await dismissQuickInput(page);
      await stepIsDone(page, 'Set a warning');
    });

    it('queries a range', async () => {
      const { page, fleet } = stage();
      await begin('Query a range', 'Query Usage');
      await choose(page, KEY);
      await choose(page, 'Last 7 days');
      const truth = ledgerTotal(fleet.gateways.newApi, { key: 'cline-work', from: daysAgo(6) });
      assert.equal(round6(await readTotal(await usagePage(page))), truth);
      assert.ok(truth > 0, 'the sample has spend in the range');
      await picture(page, 'newcomer-08-usage');
    });
  });

  describe('in Chinese', () => {
    const chinese = translationInto('zh-cn');
    const names = () => [KEY, GATEWAY, new URL(sampleKey(stage().fleet, KEY).origin).host, 'USD'];
    const assertChinese = (what: string, text: string) => assertTranslated(what, text, names());

    it('restarts the window in the new language', async function () {
      this.timeout(4 * PATIENCE_MS);
      const { page } = stage();
      // The panel that was just opened takes the focus when it is ready; VS Code closes a list that loses it.
      await page.waitForFunction(() => document.activeElement?.tagName === 'IFRAME');
      await runCommand(page, 'Configure Display Language');
      await choose(page, LANGUAGE_NAMES['zh-cn']);
      const loaded = page.waitForEvent('load');
      await answerDialog(page, /中文/, 'Restart');
      await loaded;
      await shows(`${KEY} · 4% · ${chinese('low')}`);
      await picture(page, 'newcomer-09-chinese');
    });

    it('reads the tree, the bar and its tooltip', async () => {
      const { page } = stage();
      await openViewContainer(page, CONTAINER);
      await expandRow(page, chinese('view.keys'), KEY);
      assertChinese('the tree', await textOf(page.locator('.part.sidebar')));
      const { label, text } = await readStatusBarItem(page, ITEM);
      assertChinese('the bar', text);
      assertChinese('the label of the bar', label);
      assertChinese('the tooltip', await textOf(await hoverOver(page, statusBarItem(page, ITEM))));
      await picture(page, 'newcomer-10-tree');
      await stopHovering(page);
    });

    it('reads the commands', async () => {
      const { page } = stage();
      await openPalette(page, 'Key Quota: ');
      const titles = quickInput(page).locator('.quick-input-list-row:first-child .label-name');
      await titles.filter({ hasText: chinese('command.refreshAll') }).waitFor();
      await picture(page, 'newcomer-11-commands');
      // What VS Code makes of our view is in its own language.
      const ours = (await titles.allInnerTexts()).filter(title => !title.includes('Focus on'));
      for (const title of ours) assertChinese('a command', title);
      await dismissQuickInput(page);
    });

    it('reads the usage panel that was open', async () => {
      const { page } = stage();
      const tab = page.getByRole('tab', { name: chinese('Key Quota: Usage') });
      await tab.click();
      await usagePage(page);
      assertChinese('the tab', await textOf(tab));
      assertChinese('the usage panel', await textOf(webview(page).locator('body')));
      await picture(page, 'newcomer-12-usage');
    });

    it('reads the walkthrough', async () => {
      const { page } = stage();
      await runCommand(page, 'Welcome: Open Walkthrough');
      await choose(page, chinese('walkthrough.start'));
      const tour = page.locator('.gettingStartedDetailsContent');
      assertChinese('the tour', await textOf(tour.locator('.category-description-container')));
      for (const name of ['addKey', 'readBar', 'setWarning', 'queryRange']) {
        const title = chinese(`walkthrough.${name}`);
        await stepIsDone(page, title);
        assertChinese(title, await textOf(await openStep(page, title)));
        await picture(page, `newcomer-13-tour-${name}`);
      }
    });

    it('gets a warning, after the secret was entered again that a browser does not store', async () => {
      const { page, fleet } = stage();
      Object.assign(fleet.gateways.newApi.key('cline-work'), WITH_NOTHING_LEFT);
      await runCommand(page, `Key Quota: ${chinese('command.replaceSecret')}`);
      await choose(page, KEY);
      await typeInto(page, chinese('API key'), sampleKey(fleet, KEY).secret);
      const { message, buttons } = await readNotification(page, KEY);
      await picture(page, 'newcomer-14-warning');
      assertChinese('the warning', message);
      for (const button of buttons) assertChinese('a button of the warning', button);
      await shows(`${KEY} · 0% · ${chinese('used up')}`);
    });

    it('reads the welcome, when the last key was removed', async () => {
      const { page } = stage();
      await runCommand(page, `Key Quota: ${chinese('command.removeKey')}`);
      await choose(page, KEY);
      const { message, detail } = await readDialog(page, KEY);
      await picture(page, 'newcomer-15-question');
      assertChinese('the question', `${message} ${detail}`);
      await answerDialog(page, KEY, chinese('Remove'));
      assertChinese('the welcome', await textOf(page.locator('.part.sidebar .welcome-view-content')));
      await picture(page, 'newcomer-16-welcome');
    });
  });
});
