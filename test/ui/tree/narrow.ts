import assert from 'node:assert/strict';
import { picture } from '../support/pictures.ts';
import { addKeys, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { setSideBarWidth } from '../workbench/sideBar.ts';
import { expandRow, tree, treeRow } from '../workbench/tree.ts';

/** By the fleet's table: figures, and who has them. */
const FIGURES = {
  'CI evals': '$0.00',
  'Thumbnails batch': '$0.85',
  'Docs bot – staging': '¥239.44',
  'Translation service': '¥1,023.82',
  'Cline – work': '$18.42',
  'Claude Code – home': '∞ · used $41.07',
};

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  darkContrast: 'Default High Contrast',
  lightContrast: 'Default High Contrast Light',
};

export function testNarrowTree(stage: () => StageInUse): void {
  describe('in a side bar of 220 pixels', () => {
    beforeEach(async () => {
      const { pilot, fleet, page } = stage();
      await addKeys(
        pilot,
        Object.keys(FIGURES).map(label => sampleKey(fleet, label)),
      );
      await setSideBarWidth(page, 220);
    });
    afterEach(() => setSideBarWidth(stage().page, 300));

    it('shows each figure whole, before the name', async () => {
      const { page, pilot } = stage();
      const ends: Record<string, number> = {};
      for (const [label, figure] of Object.entries(FIGURES)) {
        const name = treeRow(page, VIEW, label)
          .locator('.label-name')
          .filter({ hasText: `${figure} · ${label}` });
        await name.waitFor();
        // How much further the line goes on in sight after the figure ends, in pixels.
        ends[label] = await name.evaluate((element, length) => {
          const range = document.createRange();
          const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() ?? element;
          range.setStart(text, 0);
          range.setEnd(text, length);
          const line = element.closest('.monaco-icon-label-container') ?? element;
          return line.getBoundingClientRect().right - range.getBoundingClientRect().right;
        }, figure.length);
      }
      for (const [label, left] of Object.entries(ends)) assert.ok(left >= 12, `${label}: ${left} px`);
      for (const [kind, theme] of Object.entries(THEMES)) {
        await pilot.setting('workbench.colorTheme', theme);
        await picture(page, `tree-narrow-${kind}`);
      }
      await pilot.setting('workbench.colorTheme', THEMES.dark);
    });

    it('shows the figures of a key’s lines whole', async () => {
      const { page } = stage();
      await expandRow(page, VIEW, 'Docs bot – staging');
      for (const name of ['Remaining', 'Used', 'Total limit']) {
        const named = page.locator('.label-name', { hasText: new RegExp(`^${name}$`) });
        const line = tree(page, VIEW).locator('[aria-level="3"]').filter({ has: named });
        const left = await line.locator('.label-description').evaluate(element => {
          const shown = element.closest('.monaco-icon-label-container') ?? element;
          const range = document.createRange();
          range.selectNodeContents(element);
          return shown.getBoundingClientRect().right - range.getBoundingClientRect().right;
        });
        assert.ok(left >= 0, `${name}: ${left} px`);
      }
      await picture(page, 'tree-narrow-lines');
    });

    it('finds a key by what people type of its name', async () => {
      const { page, pilot } = stage();
      await treeRow(page, VIEW, 'Claude Code – home').waitFor();
      await pilot.command('keyQuota.keys.focus');
      await tree(page, VIEW).press('Home');
      await pilot.command('list.find');
      const find = page.locator('.part.sidebar .monaco-tree-type-filter input');
      await find.pressSequentially('claude');
      // VS Code marks what it finds.
      await treeRow(page, VIEW, 'Claude Code – home')
        .locator('.highlight')
        .filter({ hasText: 'Claude' })
        .waitFor();
      await find.press('Enter');
      await page
        .locator('.part.sidebar .monaco-list-row.focused')
        .filter({ hasText: 'Claude Code – home' })
        .waitFor();
      await picture(page, 'tree-typed');
      await pilot.command('list.closeFind');
    });
  });
}
