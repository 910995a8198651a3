import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { clearStage } from '../support/clearStage.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { chooseFromMenu, openContextMenu } from '../workbench/contextMenu.ts';
import { statusBarItem } from '../workbench/statusBar.ts';
import { pressRowButton, readTreeRow, treeRow } from '../workbench/tree.ts';
import { badge, openViewContainer } from '../workbench/viewContainer.ts';

// “CI evals” is used up; “Cline – work” has $18.42 left.

export function testPause(stage: () => StageInUse): void {
  describe('pausing the checks of a key', () => {
    before(() => openViewContainer(stage().page, CONTAINER));
    afterEach(() => clearStage(stage()));

    it('is in its context menu, removes its badge, and is undone there', async () => {
      const { page, pilot, fleet } = stage();
      const [id] = await addKeys(
        pilot,
        ['CI evals', 'Cline – work'].map(label => sampleKey(fleet, label)),
      );
      await statusBarItem(page, ITEM).filter({ hasText: 'CI evals' }).waitFor();
      await badge(page, CONTAINER).filter({ hasText: '1' }).waitFor();
      await allShown(pilot, 'both keys have figures', keys => keys.every(({ reading }) => reading));
      const row = treeRow(page, VIEW, 'CI evals');
      // While VS Code redraws a tree it does not know what a click in it is about.
      await row.filter({ hasText: '$0.00' }).waitFor();
      await treeRow(page, VIEW, 'Cline – work').filter({ hasText: '$18.42' }).waitFor();
      const offered = await openContextMenu(page, row, 'Pause Key Checks…');
      assert.deepEqual(
        offered.filter(title => /Key Checks/.test(title)),
        ['Pause Key Checks…'],
      );
      await chooseFromMenu(page, 'Pause Key Checks…');
      await row.filter({ hasText: 'checks paused, as of' }).waitFor();
      await statusBarItem(page, ITEM).filter({ hasText: 'Cline – work · $18.42' }).waitFor();
      await badge(page, CONTAINER).waitFor({ state: 'hidden' });
      await picture(page, 'pause-paused');
      const paused = (await pilot.snapshot<KeyState>()).find(key => key.id === id);
      assert.deepEqual([paused?.failure?.class, paused?.nextCheckAt], ['paused', undefined]);

      const calls = () => fleet.gateways.newApi.callsOf({ key: 'ci-evals' }).length;
      const before = calls();
      await pilot.command('keyQuota.refreshAll');
      assert.equal(calls(), before);
      await pressRowButton(page, VIEW, 'CI evals', 'Refresh Key');
      await allShown(pilot, 'the paused key was asked once', () => calls() > before);

      const offeredThen = await openContextMenu(page, row, 'Resume Key Checks…');
      assert.deepEqual(
        offeredThen.filter(title => /Key Checks/.test(title)),
        ['Resume Key Checks…'],
      );
      await picture(page, 'pause-menu');
      await chooseFromMenu(page, 'Resume Key Checks…');
      assert.equal((await readTreeRow(page, VIEW, '$0.00 · CI evals', 'used up · Relay One')).icon, 'error');
      await statusBarItem(page, ITEM).filter({ hasText: 'CI evals' }).waitFor();
    });
  });
}
