import assert from 'node:assert/strict';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, sampleKey } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import {
  choose,
  dismissQuickInput,
  quickInput,
  readInputBox,
  runCommand,
  typeInto,
} from '../workbench/quickInput.ts';

export function testReviewForm(stage: () => StageInUse): void {
  describe('the questions of a budget review', () => {
    it('lead back one by one, each with its answer of before', async () => {
      const { page, pilot, fleet } = stage();
      await addKeys(
        pilot,
        ['Cline – work', 'Roo – side project'].map(label => sampleKey(fleet, label)),
      );
      /** Waits for a list with this question in it. */
      const list = (question: string) =>
        quickInput(page)
          .filter({ has: page.getByPlaceholder(question) })
          .waitFor();
      const back = () => quickInput(page).getByRole('button', { name: 'Back' }).click();
      const rows = quickInput(page).locator('.monaco-list-row');
      const ticked = (count: number) =>
        until(`${count} keys are ticked`, PATIENCE_MS, async () => {
          return (await rows.and(page.getByRole('checkbox', { checked: true })).count()) === count;
        });
      await runCommand(page, 'Key Quota: Create Budget Review…');
      await choose(page, 'Last 7 days');
      await list('Which keys?');
      // All keys at first.
      await ticked(2);
      await rows.filter({ hasText: 'Roo – side project' }).click();
      await ticked(1);
      await page.keyboard.press('Enter');
      await list('Which of them should have been idle? You can choose none.');
      await page.keyboard.press('Enter');
      await typeInto(page, /What was the budget/, '200 USD');
      await readInputBox(page, /Who is reviewing/);
      await picture(page, 'review-back');
      await back();
      assert.equal((await readInputBox(page, /What was the budget/)).value, '200 USD');
      await back();
      await list('Which of them should have been idle? You can choose none.');
      await back();
      await list('Which keys?');
      // Roo is still left out.
      await ticked(1);
      await back();
      await list('For which period?');
      assert.equal(await quickInput(page).getByRole('button', { name: 'Back' }).count(), 0);
      await dismissQuickInput(page);
    });
  });
}
