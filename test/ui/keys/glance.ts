import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { clearStage } from '../support/clearStage.ts';
import { crashExtensions } from '../support/extensionHost.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, sampleKey, VIEW } from '../support/product.ts';
import { keepRow } from '../support/sharedStore.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { chooseFromMenu, openContextMenu } from '../workbench/contextMenu.ts';
import { answerDialog, dialog, readDialog } from '../workbench/dialog.ts';
import { readStatusBarItem, statusBarItem } from '../workbench/statusBar.ts';
import { expandRow, pressRowButton, tree, treeRow } from '../workbench/tree.ts';
import { openViewContainer } from '../workbench/viewContainer.ts';

// 500,000 units are a dollar. “Cline – work” has $18.42 left and used $6.58.

export function testGlance(stage: () => StageInUse): void {
  describe('a key at a glance', () => {
    before(() => openViewContainer(stage().page, CONTAINER));
    afterEach(() => clearStage(stage()));

    it('a key added by command is in the status bar and the tree', async () => {
      const { page, pilot, fleet } = stage();
      await addKeys(pilot, [sampleKey(fleet, 'Cline – work')]);
      await statusBarItem(page, ITEM).filter({ hasText: '$18.42' }).waitFor();
      assert.deepEqual(await readStatusBarItem(page, ITEM), {
        text: 'Cline – work · $18.42',
        label: (await readStatusBarItem(page, ITEM)).label,
        background: 'none',
      });
      assert.match(
        (await readStatusBarItem(page, ITEM)).label,
        /^Key Quota: Cline – work, ok, \$18\.42 of \$25\.00 \(73%\) left, updated \d/,
      );
      await treeRow(page, VIEW, 'Cline – work').filter({ hasText: '$18.42' }).waitFor();
      await expandRow(page, VIEW, 'Cline – work');
      for (const fact of [
        'Used: $6.58',
        'Total limit: $25.00',
        'Expires: never',
        'Models: any',
        /^Remaining.*: \$18\.42$/,
      ]) {
        await tree(page, VIEW).getByRole('treeitem', { name: fact, exact: true }).waitFor();
      }
    });

    it('a change at the gateway is in both after a refresh', async () => {
      const { page, pilot, fleet } = stage();
      await addKeys(pilot, [sampleKey(fleet, 'Cline – work')]);
      await statusBarItem(page, ITEM).filter({ hasText: '$18.42' }).waitFor();
      // 2.42 dollars.
      fleet.gateways.newApi.spend('cline-work', { quota: 1_210_000 });
      await pressRowButton(page, VIEW, 'Cline – work', 'Refresh Key');
      await statusBarItem(page, ITEM).filter({ hasText: '$16.00' }).waitFor();
      await treeRow(page, VIEW, 'Cline – work').filter({ hasText: '$16.00' }).waitFor();
      await picture(page, 'glance-refreshed');
      fleet.gateways.newApi.refund('cline-work', { quota: 1_210_000 });
    });

    describe('removing a key', () => {
      const question = 'Remove the key “Cline – work”?';
      const askToRemove = async () => {
        const { page } = stage();
        await openContextMenu(page, treeRow(page, VIEW, 'Cline – work'), 'Remove Key…');
        await chooseFromMenu(page, 'Remove Key…');
        return readDialog(page, question);
      };
      let id: string;

      beforeEach(async () => {
        const { page, pilot, fleet } = stage();
        const keys = ['Cline – work', 'Translation service'].map(label => sampleKey(fleet, label));
        [id = ''] = await addKeys(pilot, keys);
        // While VS Code redraws a tree it does not know what a click in it is about.
        await treeRow(page, VIEW, 'Cline – work').filter({ hasText: '$18.42' }).waitFor();
        await treeRow(page, VIEW, 'Translation service').filter({ hasText: '¥1,023.82' }).waitFor();
      });

      it('is in the context menu, and asks first', async () => {
        const { page } = stage();
        const titles = await openContextMenu(page, treeRow(page, VIEW, 'Cline – work'), 'Remove Key…');
        for (const title of [
          'Refresh Key',
          'Pin Key to Status Bar',
          'Rename Key…',
          'Replace Secret…',
          'Remove Key…',
        ]) {
          assert.ok(titles.includes(title), `${title} is not among ${titles.join(', ')}`);
        }
        await picture(page, 'remove-menu');
        const { buttons, detail } = await askToRemove();
        assert.deepEqual(buttons.sort(), ['Cancel', 'Remove']);
        assert.equal(
          detail,
          'Its secret and all that was recorded of it are deleted from this machine. This cannot be undone. Nothing changes at the gateway.',
        );
        await picture(page, 'remove-question');
        await answerDialog(page, question, 'Cancel');
      });

      it('changes nothing after Cancel, nor after Escape', async () => {
        const { page, pilot, fleet } = stage();
        // The background reads the log of a new key too.
        const checks = () =>
          fleet.gateways.newApi.callsOf({ key: 'cline-work' }).filter(({ path }) => !path.includes('/log/'))
            .length;
        const before = checks();
        await askToRemove();
        await answerDialog(page, question, 'Cancel');
        // That it asks again shows that the key is still there.
        await askToRemove();
        await page.keyboard.press('Escape');
        await dialog(page).waitFor({ state: 'hidden' });
        const [state] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
        assert.equal(state?.status, 'ok');
        // One check: its use and its limit by billing.
        assert.equal(checks(), before + 2);
        assert.equal((await pilot.snapshot()).length, 2);
        await treeRow(page, VIEW, 'Cline – work').waitFor();
      });

      it('takes the key out of tree, status bar and snapshot', async () => {
        const { page, pilot } = stage();
        await pilot.command('keyQuota.pinKey', id);
        await statusBarItem(page, ITEM).filter({ hasText: 'Cline – work' }).waitFor();
        await askToRemove();
        await answerDialog(page, question, 'Remove');
        await treeRow(page, VIEW, 'Cline – work').waitFor({ state: 'detached' });
        await statusBarItem(page, ITEM).filter({ hasText: 'Translation service' }).waitFor();
        const left = await pilot.snapshot<KeyState>();
        assert.deepEqual(
          left.map(({ label }) => label),
          ['Translation service'],
        );
      });

      it('deletes its secret', async () => {
        const { page, pilot } = stage();
        const takeBack = keepRow(stage(), id);
        await askToRemove();
        await answerDialog(page, question, 'Remove');
        await allShown(pilot, 'the key is gone', keys => keys.length === 1);
        // With fresh memory, and the record back in its place, only the secret can be missing.
        takeBack();
        stage().pilot = await crashExtensions(stage(), 'project');
        // Before it is looked for, nothing is known.
        const [state] = await allShown(
          stage().pilot,
          'the record is back, and something is known of it',
          keys => keys.some(key => key.id === id && key.status !== 'unknown'),
        ).then(keys => keys.filter(key => key.id === id));
        assert.equal(state?.status, 'invalid');
        assert.match(state?.failure?.message ?? '', /^The secret of “Cline – work” is (not stored|gone)/);
        const other = await allShown(stage().pilot, 'the other key has its secret', keys =>
          keys.some(key => key.status === 'ok'),
        );
        assert.equal(other.length, 2);
      });
    });
  });
}
