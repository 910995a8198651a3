import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { LANGUAGE_NAMES } from '../host/displayLanguage.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import { until } from '../host/until.ts';
import { allFindings } from './support/axe.ts';
import { focused, takesFocus } from './support/focus.ts';
import { watch } from './support/mutations.ts';
import { notReadAloud } from './support/notReadAloud.ts';
import { dayBefore, daysAgo } from './support/panel.ts';
import { picture } from './support/pictures.ts';
import { addKeys, CONTAINER, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { inEachTheme } from './support/themes.ts';
import { assertTranslated, textOf } from './support/translation.ts';
import { nothingIsWider } from './support/width.ts';
import { answerDialog } from './workbench/dialog.ts';
import { choose, dismissQuickInput, readInputBox, runCommand } from './workbench/quickInput.ts';
import { treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';
import { webview } from './workbench/webview.ts';

// 500,000 units are a dollar, which is 7.3 yuan at the second gateway. “Roo – side project” is low, with $0.61 of $10.00;
// “Docs bot – staging” ends in three days, with $32.80 of $50.00; “Cline – work” has $18.42 of $25.00.
const LABELS = ['Cline – work', 'Docs bot – staging', 'Roo – side project'];
const UNITS_PER_DOLLAR = 500_000;

describe('the overview', () => {
  const stage = useStage({ packaged: true, fleet: { limits: 'off' } });
  before(() => openViewContainer(stage().page, CONTAINER));

  const show = async (): Promise<FrameLocator> => {
    const frame = webview(stage().page);
    const heading = frame.getByRole('heading', { name: 'Overview' });
    // Shown again, a page takes the focus once more, after its command has ended: a test that types would lose it.
    if (await heading.isVisible()) return frame;
    await stage().pilot.command('keyQuota.showOverview');
    await heading.waitFor();
    await takesFocus(frame);
    return frame;
  };
  const cards = (frame: FrameLocator) => frame.locator('.card');
  const names = (frame: FrameLocator) => cards(frame).locator('.to-tree').allInnerTexts();
  const text = async (frame: FrameLocator, name: string) =>
    (await cards(frame).filter({ hasText: name }).innerText()).replace(/\s+/g, ' ');
  /** What keys in dollars spent within so many days, today included, by the gateway's own books. */
  const spent = (days: number, handles: readonly string[], model?: string) => {
    const { ledger } = stage().fleet.gateways.newApi;
    const sums = handles.map(key => ledger.sum({ key, from: daysAgo(days - 1), model }).quota);
    return sums.reduce((all, each) => all + each, 0) / UNITS_PER_DOLLAR;
  };
  /**
   * As it is shown: rounded up where all of it is known, else at least so much, rounded down. For a day without a row
   * so far it may not be known that nothing was spent before the keys were added.
   */
  const shown = (dollars: number) => {
    if (dollars === 0) return /unknown|\$0\.00(?!\d)/;
    // Without the noise of binary fractions.
    const cents = Number((dollars * 100).toPrecision(12));
    const text = (rounded: number) => `\\$${(rounded / 100).toFixed(2).replace('.', '\\.')}`;
    return new RegExp(`≥ ${text(Math.floor(cents))}(?!\\d)|(?<!≥ )${text(Math.ceil(cents))}(?!\\d)`);
  };
  const nearest = (dollars: number) => (dollars < 0.005 ? '< $0.01' : `$${dollars.toFixed(2)}`);

  describe('without keys', () => {
    it('opens from the title of the tree, with buttons that begin', async () => {
      const { page } = stage();
      await page.locator('.part.sidebar').getByRole('button', { name: 'Show Overview' }).click();
      const frame = webview(page);
      await frame.getByText('There are no keys yet.').waitFor();
      assert.deepEqual(await allFindings(page), []);
      await picture(page, 'overview-empty');
      for (const button of ['Add Key…', 'Import Keys…']) {
        await frame.getByRole('button', { name: button }).click();
        await readInputBox(page, button.slice(0, -1));
        await dismissQuickInput(page);
      }
    });
  });

  describe('with keys', () => {
    let ids: readonly string[];
    before(async () => {
      const { pilot, fleet } = stage();
      ids = await addKeys(
        pilot,
        LABELS.map(label => sampleKey(fleet, label)),
      );
      // The background would read their logs too, when the request budget has room.
      const range = { from: dayBefore(29), to: dayBefore(0) };
      for (const key of ids) await pilot.command('keyQuota.queryUsage', { key, ...range });
      for (const id of ids) await pilot.command('keyQuota.refresh', id);
      await cards(await show())
        .nth(2)
        .waitFor();
    });

    it('has cards by urgency, with what is left and what comes next', async () => {
      const frame = await show();
      assert.deepEqual(await names(frame), ['Roo – side project', 'Docs bot – staging', 'Cline – work']);
      assert.match(await text(frame, 'Roo'), /^Roo – side project Usage low 6% \$0\.61 of \$10\.00 left/);
      assert.match(
        await text(frame, 'Docs'),
        /^Docs bot – staging Usage ok 65% ¥239\.44 of ¥365\.00 left expires in 2 days/,
      );
      assert.match(await text(frame, 'Cline'), /^Cline – work Usage ok 73% \$18\.42 of \$25\.00 left/);
      const today = spent(1, ['cline-work']);
      await cards(frame)
        .filter({ hasText: 'Cline' })
        .locator('.spent > span')
        .filter({ hasText: today === 0 ? /^(\$0\.00 today · )?(≥ )?\S+ this month$/ : shown(today) })
        .waitFor();
      // Both of its keys are in the sum of dollars.
      const usd = frame.locator('.sums section', { hasText: 'Spent · USD' });
      const both = ['cline-work', 'roo-side'];
      await usd
        .locator('dd')
        .filter({ hasText: shown(spent(1, both)) })
        .first()
        .waitFor();
      await usd
        .locator('dd')
        .filter({ hasText: shown(spent(7, both)) })
        .first()
        .waitFor();
      assert.equal(
        await frame
          .locator('.updated')
          .innerText()
          .then(said => /^Updated \d/.test(said)),
        true,
      );
      await picture(stage().page, 'overview');
    });

    it('has how much is spent of a limit for all keys of a currency beside its sum, as soon as it is set', async () => {
      const { pilot } = stage();
      const frame = await show();
      const usd = frame.locator('.sums section', { hasText: 'Spent · USD' });
      const limit = { currency: 'USD', period: 'day' };
      await pilot.command('keyQuota.setSpendingLimit', { ...limit, amount: 40 });
      await usd.getByRole('list', { name: 'Spending limits' }).getByText('of $40.00 today').waitFor();
      await pilot.command('keyQuota.setSpendingLimit', { ...limit, amount: null });
      await usd.getByText('of $40.00 today').waitFor({ state: 'detached' });
    });

    it('has what comes on a line of days, and in words', async () => {
      const frame = await show();
      const list = frame.locator('.coming li');
      assert.match(
        (await list.allInnerTexts()).join().replace(/\s+/g, ' '),
        /^Docs bot – staging expires in 2 days \w{3} \d/,
      );
      const { expiresAt } = stage().fleet.gateways.newApiCny.key('docs-bot');
      // Three days after the start of the gateways: of the third day, or of the second if midnight has come since.
      const day = Math.floor((expiresAt - daysAgo(0)) / 86_400);
      assert.equal(await frame.locator('.line > div').nth(day).locator('.mark.expires').count(), 1);
      assert.equal(await frame.locator('.line .mark').count(), 1);
    });

    it('has what was spent by model and day, as the gateway’s own books say', async () => {
      const frame = await show();
      const usd = frame.locator('section', { has: frame.getByRole('heading', { name: 'Keys · USD' }) });
      await usd.locator('tbody th', { hasText: 'gpt-4.1' }).first().waitFor();
      const models = () =>
        usd
          .locator('sortable-table')
          .first()
          .locator('tbody tr')
          .evaluateAll(rows => rows.map(row => [...row.children].map(cell => cell.textContent?.trim())));
      for (const [button, days] of [
        ['Today', 1],
        ['30 days', 30],
        ['14 days', 14],
      ] as const) {
        await frame.getByRole('button', { name: button, exact: true, pressed: false }).click();
        await frame.getByRole('button', { name: button, exact: true, pressed: true }).waitFor();
        const row = (await models()).find(([model]) => model === 'gpt-4.1');
        const dollars = spent(days, ['cline-work', 'roo-side'], 'gpt-4.1');
        assert.deepEqual(row, dollars === 0 ? undefined : ['gpt-4.1', nearest(dollars)], button);
      }
      const chart = usd.getByRole('slider');
      assert.equal(await chart.getAttribute('aria-valuemax'), '14');
      assert.equal(await usd.locator('.week td').count(), 1 + 7 * 24);
      await picture(stage().page, 'overview-spend');
    });

    it('goes to the key in the tree and to its usage, by keyboard alone and with a visible focus', async () => {
      const { page } = stage();
      const frame = await show();
      await frame.getByRole('textbox', { name: 'Filter' }).focus();
      const press = async (key: string, name: string) => {
        await page.keyboard.press(key);
        const at = await focused(frame);
        assert.equal(at.name, name);
        assert.ok(at.isSeen, `the focus on “${name}” cannot be seen`);
      };
      await press('Tab', 'Roo – side project');
      await press('Tab', 'Usage of Roo – side project');
      await press('ArrowRight', 'Usage of Docs bot – staging');
      await press('End', 'Usage of Cline – work');
      await press('Shift+Tab', 'Cline – work');
      await press('Home', 'Roo – side project');
      await press('End', 'Cline – work');
      await page.keyboard.press('Enter');
      await treeRow(page, VIEW, 'Cline – work').and(page.locator('.focused')).waitFor();
      await page.waitForFunction(() => document.activeElement?.closest('.part.sidebar'));
      await frame.getByRole('button', { name: 'Usage of Cline – work' }).focus();
      await press('Tab', 'Docs bot – staging');
      await press('Tab', 'Today');
      await press('Tab', '14 days');
      await frame.getByRole('button', { name: 'Usage of Cline – work' }).press('Enter');
      await frame.getByRole('heading', { name: /^Usage: / }).waitFor();
      await page.getByRole('tab', { name: 'Key Quota: Usage' }).waitFor();
      await stage().pilot.command('workbench.action.closeActiveEditor');
    });

    it('says every figure in words, to screen readers as well', async () => {
      const frame = await show();
      assert.deepEqual(await notReadAloud(frame.locator('main')), []);
      assert.match(
        (await cards(frame).filter({ hasText: 'Cline' }).locator('.days').getAttribute('aria-label')) ?? '',
        /^Spent on each of 14 days, (≥ )?\$\d/,
      );
      assert.match(
        (await frame.getByRole('slider').first().getAttribute('aria-valuetext')) ?? '',
        // Today has no figure right after midnight.
        /: ([$¥]\d|no figure)/,
      );
    });

    it('axe finds nothing in any theme, and nothing is too wide', async () => {
      const { page, pilot } = stage();
      const frame = await show();
      await inEachTheme(page, frame, async (theme, kind) => {
        assert.deepEqual(await allFindings(page), [], theme);
        await page.setViewportSize({ width: 1280, height: 2200 });
        await picture(page, `overview-${kind}`);
        await page.setViewportSize({ width: 1280, height: 800 });
      });
      await pilot.command('workbench.action.closeSidebar');
      // The page is 58 px narrower than the window.
      for (const width of [1920, 480, 278]) {
        await page.setViewportSize({ width, height: 2600 });
        await until('the page has that width', PATIENCE_MS, () =>
          frame
            .locator('html')
            .evaluate((html, wanted) => Math.abs(html.clientWidth - wanted) < 30, width - 58),
        );
        // A chart takes the width of its place on a moment later.
        await nothingIsWider(frame, `${width} px`);
        await picture(page, `overview-${width}px`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await openViewContainer(page, CONTAINER);
    });

    it('changes what has changed, and nothing else', async () => {
      const { pilot, fleet } = stage();
      const frame = await show();
      // 2.42 dollars.
      const seen = await watch(cards(frame).filter({ hasText: 'Roo' }));
      fleet.gateways.newApi.spend('cline-work', { quota: 1_210_000 });
      await pilot.command('keyQuota.refresh', ids[0]);
      await cards(frame).filter({ hasText: '$16.00 of $25.00 left' }).waitFor();
      assert.deepEqual(await seen(), []);
      fleet.gateways.newApi.refund('cline-work', { quota: 1_210_000 });
      await pilot.command('keyQuota.refresh', ids[0]);
      await cards(frame).filter({ hasText: '$18.42 of $25.00 left' }).waitFor();
    });

    it('filters keys by their names', async () => {
      const frame = await show();
      const filter = frame.getByRole('textbox', { name: 'Filter' });
      await filter.fill('  DOCS bot');
      await until(
        'one is left',
        PATIENCE_MS,
        async () => (await names(frame)).join() === 'Docs bot – staging',
      );
      await filter.fill('nobody');
      await frame.getByText('No key has these words in its name.').waitFor();
      await filter.fill('');
      await cards(frame).nth(2).waitFor();
    });

    it('shows no figure in any form while figures are hidden, at once', async () => {
      const { page, pilot } = stage();
      const frame = await show();
      await pilot.command('keyQuota.hideFigures', { hidden: true });
      await frame.getByText('••• left').first().waitFor();
      await frame.locator('.overview section h3').first().waitFor();
      // The page started over: what was spent comes in a message of its own.
      await frame.locator('.overview tbody td').filter({ hasText: '•••' }).first().waitFor();
      assert.doesNotMatch(await frame.locator('body').innerText(), /[$¥]\d|\d\s?%/);
      for (const picture of ['.bar', '.days', '.chart', '.week'])
        assert.equal(await frame.locator(picture).count(), 0, picture);
      await picture(page, 'overview-hidden');
      await pilot.command('keyQuota.hideFigures', { hidden: false });
      await frame.getByText('$18.42 of $25.00 left').waitFor();
    });

    it('is restored after a reload, with what was looked for', async () => {
      const { openAnother } = stage();
      const another = await openAnother('reloaded');
      await another.pilot.command('keyQuota.showOverview');
      const frame = webview(another.page);
      await cards(frame).nth(2).waitFor();
      await frame.getByRole('textbox', { name: 'Filter' }).fill('roo');
      await until('one is left', PATIENCE_MS, async () => (await names(frame)).length === 1);
      const loaded = another.page.waitForEvent('load');
      // The answer does not outlive the window.
      await Promise.all([
        loaded,
        another.pilot.command('workbench.action.reloadWindow').catch(() => undefined),
      ]);
      const again = webview(another.page);
      await until(
        'that one is shown',
        PATIENCE_MS,
        async () => (await names(again)).join() === 'Roo – side project',
      );
      await another.page.close();
    });

    it('is in Chinese where VS Code is', async function () {
      this.timeout(4 * PATIENCE_MS);
      const { page } = stage();
      await show();
      await runCommand(page, 'Configure Display Language');
      await choose(page, LANGUAGE_NAMES['zh-cn']);
      const loaded = page.waitForEvent('load');
      await answerDialog(page, /中文/, 'Restart');
      await loaded;
      const frame = webview(page);
      await cards(frame).nth(2).waitFor();
      await frame.getByRole('slider').first().waitFor();
      const known = [
        ...LABELS,
        'USD',
        'CNY',
        'claude-sonnet-4-5',
        'gpt-4.1-mini',
        'gpt-4.1',
        'gemini-2.5-flash',
      ];
      assertTranslated('the overview', await textOf(frame.locator('body')), known);
      await page.setViewportSize({ width: 1280, height: 2200 });
      await picture(page, 'overview-chinese');
    });
  });
});
