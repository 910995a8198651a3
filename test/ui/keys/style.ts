import assert from 'node:assert/strict';
import { clearStage } from '../support/clearStage.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, ITEM, sampleKey } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { hoverOver, stopHovering } from '../workbench/hover.ts';
import { choose, dismissQuickInput, quickInput, readChoices, runCommand } from '../workbench/quickInput.ts';
import { clickStatusBarItem, readStatusBarItem, statusBarItem } from '../workbench/statusBar.ts';

// “Cline – work” has $18.42 of $25.00 left, “Roo – side project” $0.61 of $10.00, which is low.

const CHOOSE = 'Key Quota: Choose Status Bar Style…';

export function testStyle(stage: () => StageInUse): void {
  describe('the settings of the status bar', () => {
    const set = (name: string, value?: unknown) => stage().pilot.setting(`keyQuota.statusBar.${name}`, value);
    const shows = (text: string) => statusBarItem(stage().page, ITEM).filter({ hasText: text }).waitFor();
    let ids: string[] = [];

    before(async () => {
      const { pilot, fleet } = stage();
      const labels = ['Cline – work', 'Roo – side project', 'Translation service'];
      const keys = labels.map(label => sampleKey(fleet, label));
      ids = await addKeys(pilot, keys);
    });
    after(() => clearStage(stage()));
    afterEach(async () => {
      const { pilot } = stage();
      for (const name of ['style', 'items', 'alignment', 'colors', 'maxLength', 'visible']) await set(name);
      for (const id of ids) await pilot.command('keyQuota.unpinKey', id);
    });

    describe('the style', () => {
      beforeEach(async () => {
        await stage().pilot.command('keyQuota.pinKey', ids[0]);
        await shows('Cline – work · $18.42');
      });

      it('is previewed while it is chosen, and set with Enter', async () => {
        const { page } = stage();
        await runCommand(page, CHOOSE);
        const names = await readChoices(page);
        assert.deepEqual(
          names.map(name => name.split(',')[0]),
          [
            'Amount left',
            'Percent left',
            'Bar',
            'Bar and amount',
            'Used of limit',
            'Spent today',
            'Spending limit',
            'Time left',
            'Template of your own…',
            'Icon only',
          ],
        );
        for (const text of ['73%', '■■■■■■□□', '■■■■■■□□ $18.42', '$6.58 of $25.00 used']) {
          await page.keyboard.press('ArrowDown');
          await shows(`Cline – work · ${text}`);
          if (text.startsWith('■')) await picture(page, 'style-preview-bar');
        }
        for (let style = 0; style < 5; style++) await page.keyboard.press('ArrowDown');
        await statusBarItem(page, ITEM).filter({ hasNotText: /Cline/ }).waitFor();
        await picture(page, 'style-preview-icon');
        assert.match((await readStatusBarItem(page, ITEM)).label, /Cline – work, ok, \$18\.42 of \$25\.00/);
        for (let style = 0; style < 5; style++) await page.keyboard.press('ArrowUp');
        await page.keyboard.press('Enter');
        await quickInput(page).waitFor({ state: 'hidden' });
        await shows('Cline – work · $6.58 of $25.00 used');
        await picture(page, 'style-used');
      });

      it('hides figures in all views at once, and shows them again', async () => {
        const { page, pilot } = stage();
        try {
          assert.equal(await pilot.command('keyQuota.hideFigures'), true);
          await shows('Cline – work · •••');
          assert.doesNotMatch((await readStatusBarItem(page, ITEM)).label, /\$|%/);
          const hover = await hoverOver(page, statusBarItem(page, ITEM));
          await hover.getByText('••• left').first().waitFor();
          assert.equal(await hover.locator('img').count(), 0);
          await picture(page, 'hidden-figures');
          await stopHovering(page);
        } finally {
          assert.equal(await pilot.command('keyQuota.hideFigures', { hidden: false }), false);
        }
        await shows('Cline – work · $18.42');
      });

      it('is unchanged after Escape', async () => {
        const { page } = stage();
        await runCommand(page, CHOOSE);
        await readChoices(page);
        await page.keyboard.press('ArrowDown');
        await shows('73%');
        await dismissQuickInput(page);
        await shows('Cline – work · $18.42');
      });
    });

    describe('the items', () => {
      beforeEach(async () => {
        for (const id of ids.slice(0, 2)) await stage().pilot.command('keyQuota.pinKey', id);
      });
      const itemOf = (id: string) => `keyQuota.key.${id}`;

      it('are one for each pinned key, with that setting', async () => {
        const { page } = stage();
        await set('items', 'perKey');
        const [work = '', side = ''] = ids;
        await statusBarItem(page, itemOf(work)).waitFor();
        const first = await readStatusBarItem(page, itemOf(work));
        const second = await readStatusBarItem(page, itemOf(side));
        assert.equal(first.text, 'Cline – work · $18.42');
        assert.equal(second.text, 'Roo – side project · $0.61 · low');
        assert.deepEqual([first.background, second.background], ['none', 'warning']);
        await statusBarItem(page, ITEM).waitFor({ state: 'detached' });
        await picture(page, 'style-per-key');
      });

      it('open the list of keys at their own key', async () => {
        const { page } = stage();
        await set('items', 'perKey');
        await clickStatusBarItem(page, itemOf(ids[1] ?? ''));
        const active = quickInput(page).locator('.monaco-list-row.focused');
        await active.filter({ hasText: 'Roo – side project' }).waitFor();
        await picture(page, 'style-keys');
        await dismissQuickInput(page);
      });

      it('are on the left, without color, and within their maximum length', async () => {
        const { page } = stage();
        await set('alignment', 'left');
        await set('colors', false);
        await set('maxLength', 20);
        const item = page.locator(`.left-items .statusbar-item[id$=".${ITEM}.left"]`);
        await item.filter({ hasText: 'Roo… · $0.61 · low' }).waitFor();
        assert.equal((await readStatusBarItem(page, `${ITEM}.left`)).background, 'none');
        await statusBarItem(page, ITEM).waitFor({ state: 'detached' });
        await stopHovering(page);
        await picture(page, 'style-left');
      });

      it('are gone when they are switched off', async () => {
        const { page } = stage();
        await set('visible', false);
        await statusBarItem(page, ITEM).waitFor({ state: 'detached' });
      });
    });

    describe('the list behind the item', () => {
      beforeEach(() => clickStatusBarItem(stage().page, ITEM));

      it('has all keys with figures, the most urgent first', async () => {
        const { page } = stage();
        const choices = await readChoices(page);
        assert.equal(choices.length, 3);
        assert.match(choices[0] ?? '', /Roo – side project.*\$0\.61 · low/);
        assert.match(choices[2] ?? '', /Translation service.*¥1,023\.82|Cline – work.*\$18\.42/);
        await picture(page, 'keys-list');
        await dismissQuickInput(page);
      });

      it('filters by typing, and offers the actions on a key', async () => {
        const { page, pilot } = stage();
        await quickInput(page).locator('.quick-input-box input').fill('transl');
        await quickInput(page).getByRole('option').filter({ hasText: 'Translation' }).waitFor();
        await quickInput(page).getByRole('option').nth(1).waitFor({ state: 'detached' });
        await quickInput(page).locator('.quick-input-box input').press('Enter');
        await quickInput(page).getByRole('option').filter({ hasText: 'Copy Base URL' }).waitFor();
        await picture(page, 'keys-actions');
        await choose(page, 'Pin Key to Status Bar');
        await shows('Translation service · ¥1,023.82');
        const pinned = (await pilot.snapshot<{ label: string; pinned: boolean }>()).filter(key => key.pinned);
        assert.deepEqual(
          pinned.map(({ label }) => label),
          ['Translation service'],
        );
      });

      it('shows a key in the tree', async () => {
        const { page } = stage();
        await choose(page, 'Cline – work');
        await choose(page, 'Show in Tree');
        const row = page
          .locator('.part.sidebar .monaco-list-row.selected')
          .filter({ hasText: 'Cline – work' });
        await row.waitFor();
        await picture(page, 'keys-reveal');
      });
    });
  });
}
