import { LANGUAGE_NAMES } from '../host/displayLanguage.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import { LANGUAGES } from '../l10n/bundles.ts';
import { picture } from './support/pictures.ts';
import { addKeys, CONTAINER, ITEM, sampleKey } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { assertTranslated, textOf, translationInto } from './support/translation.ts';
import { answerDialog } from './workbench/dialog.ts';
import { choose, dismissQuickInput, openPalette, quickInput, runCommand } from './workbench/quickInput.ts';
import { readStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

// “Roo – side project” is low, with $0.61 of $10.00.
const KEY = 'Roo – side project';

describe('the display language', () => {
  const stage = useStage({ packaged: true, fleet: { limits: 'off' } });
  before(async () => {
    const { pilot, fleet } = stage();
    await addKeys(pilot, [sampleKey(fleet, KEY)]);
  });

  for (const language of LANGUAGES) {
    it(`${language} is that of bar, tree and commands, once VS Code is restarted in it`, async function () {
      this.timeout(4 * PATIENCE_MS);
      const { page } = stage();
      const into = translationInto(language);
      await runCommand(page, 'Configure Display Language');
      await choose(page, LANGUAGE_NAMES[language]);
      const loaded = page.waitForEvent('load');
      await answerDialog(page, LANGUAGE_NAMES[language], 'Restart');
      await loaded;
      await statusBarItem(page, ITEM)
        .filter({ hasText: into('low') })
        .waitFor();
      assertTranslated('the bar', (await readStatusBarItem(page, ITEM)).text, [KEY]);
      await openViewContainer(page, CONTAINER);
      const row = treeRow(page, into('view.keys'), KEY);
      assertTranslated('the line', await textOf(row), [KEY, 'Relay One']);
      // The list shows a few rows, in the order of the language.
      await openPalette(page, `Key Quota: ${into('command.refreshAll')}`);
      const titles = quickInput(page).locator('.quick-input-list-row:first-child .label-name');
      await titles.filter({ hasText: into('command.refreshAll') }).waitFor();
      await picture(page, `language-${language}`);
      await dismissQuickInput(page);
    });
  }
});
