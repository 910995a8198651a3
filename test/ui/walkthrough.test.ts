import assert from 'node:assert/strict';
import { picture } from './support/pictures.ts';
import { addKeys, CONTAINER, removeAllKeys, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { dismissQuickInput, readChoices } from './workbench/quickInput.ts';
import { treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';
import { openStep, stepIsDone } from './workbench/walkthrough.ts';
import { webview } from './workbench/webview.ts';

/** By step, a text of its picture. */
const PICTURED: Readonly<Record<string, string>> = {
  'Add a key': 'Paste from the Clipboard',
  'Read the status bar': '$18.42 left',
  'Set a warning': '“Roo” is low: $0.61 left.',
  'Query a range': 'Last 30 days',
};
const STEPS = Object.keys(PICTURED);

describe('the first minute', () => {
  // A narrow editor leaves the pictures out.
  const stage = useStage({ screen: { viewport: { width: 1720, height: 900 } } });

  it('begins with a welcome in the view of the keys', async () => {
    const { page } = stage();
    await openViewContainer(page, CONTAINER);
    const welcome = page.locator('.part.sidebar .welcome-view-content').filter({ hasText: 'Add Key' });
    await welcome.waitFor();
    await picture(page, 'welcome-no-keys');
    await welcome.getByRole('button', { name: 'Add Key' }).click();
    assert.match((await readChoices(page)).join(), /Paste from the Clipboard.*OpenRouter/s);
    await dismissQuickInput(page);
  });

  it('leads through four steps, each with a picture', async () => {
    const { page } = stage();
    await page.locator('.part.sidebar .welcome-view-content').getByText('Take the tour').click();
    await page.locator('.gettingStartedContainer').waitFor();
    for (const title of STEPS) {
      await openStep(page, title);
      // VS Code draws a picture in a webview, by the colors of the theme.
      const drawn = webview(page).locator('svg');
      await drawn.getByText(PICTURED[title] ?? '', { exact: true }).waitFor();
      assert.ok((await drawn.boundingBox())?.width);
      await picture(page, `walkthrough-${STEPS.indexOf(title) + 1}`);
    }
  });

  it('starts to add a key with the button of the first step', async () => {
    const { page } = stage();
    await (await openStep(page, 'Add a key')).getByRole('button', { name: 'Add Key' }).click();
    assert.match((await readChoices(page)).join(), /Paste from the Clipboard.*OpenRouter/s);
    await picture(page, 'walkthrough-add-key');
    await dismissQuickInput(page);
  });

  it('marks a step as done', async () => {
    const { page, pilot, fleet } = stage();
    await addKeys(pilot, [sampleKey(fleet, 'Cline – work')]);
    await stepIsDone(page, 'Add a key');
    await picture(page, 'walkthrough-done');
    await pilot.command('workbench.action.closeAllEditors');
    await removeAllKeys(stage());
  });

  it('says what to do while no key works', async () => {
    const { page, pilot, fleet } = stage();
    const trouble = page.locator('.part.sidebar .pane').filter({ hasText: 'No Current Figures' });
    await addKeys(pilot, [sampleKey(fleet, 'GPU box in the lab'), sampleKey(fleet, 'Deleted prototype')]);
    await openViewContainer(page, CONTAINER);
    await trouble
      .locator('.welcome-view-content')
      .getByRole('button', { name: 'Refresh All Keys' })
      .waitFor();
    await treeRow(page, VIEW, 'Deleted prototype').waitFor();
    await picture(page, 'welcome-all-failing');
    await addKeys(pilot, [sampleKey(fleet, 'Cline – work')]);
    await trouble.waitFor({ state: 'detached' });
    await removeAllKeys(stage());
  });
});
