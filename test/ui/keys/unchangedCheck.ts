import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { clearStage } from '../support/clearStage.ts';
import { type Mutation, watch } from '../support/mutations.ts';
import { addKeys, CONTAINER, ITEM, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { readStatusBarItem, statusBarItem, statusBarMessage } from '../workbench/statusBar.ts';
import { treeRow } from '../workbench/tree.ts';
import { openViewContainer } from '../workbench/viewContainer.ts';

export function testUnchangedCheck(stage: () => StageInUse): void {
  describe('a check that changes no figure', () => {
    let id = '';

    before(async () => {
      const { page, pilot, fleet } = stage();
      await openViewContainer(page, CONTAINER);
      [id = ''] = await addKeys(pilot, [sampleKey(fleet, 'Cline – work')]);
      await statusBarItem(page, ITEM).filter({ hasText: 'Cline – work · $18.42' }).waitFor();
      await treeRow(page, VIEW, 'Cline – work').filter({ hasText: '$18.42' }).waitFor();
      // What is pointed at changes by itself.
      await page.mouse.move(640, 400);
      // When another item comes or goes, VS Code marks again which item is the first.
      await statusBarMessage(page).waitFor({ state: 'detached' });
    });
    after(() => clearStage(stage()));

    /** Asks about the key and returns what that did to the item in the status bar. */
    const mutationsOfCheck = async (): Promise<Mutation[]> => {
      const { page, pilot } = stage();
      const [before] = await pilot.snapshot<KeyState>();
      const seen = await watch(statusBarItem(page, ITEM));
      const [after] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
      assert.notEqual(after?.checkedAt, before?.checkedAt, 'the gateway was asked');
      assert.deepEqual(after?.reading?.quota, before?.reading?.quota);
      // The window takes messages in their order: when this one was answered, all earlier ones have been taken.
      await pilot.command('notifications.clearAll');
      return seen();
    };

    it('changes nothing visible in the status bar', async () => {
      const { text } = await readStatusBarItem(stage().page, ITEM);
      // The tooltip tells the time of the next check, and VS Code writes all classes again with every new tooltip.
      // What a screen reader says has the time of the last one in it, to the minute.
      const changed = (await mutationsOfCheck()).filter(
        ({ what, same }) => !same && !what.startsWith('aria-label'),
      );
      assert.deepEqual(changed, []);
      assert.equal((await readStatusBarItem(stage().page, ITEM)).text, text);
    });

    it('does not write the status bar when its tooltip is unchanged as well', async () => {
      const { page, pilot, fleet } = stage();
      // It is said again ten minutes after it was first said, so the time of the next check stands.
      fleet.gateways.newApi.key('cline-work').status = 'disabled';
      const [refused] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
      assert.match(refused?.failure?.message ?? '', /says that “Cline – work” is disabled, though it worked/);
      // The text is the same as before; only what a screen reader says shows that the window has taken it.
      await until('the item says that the check failed', PATIENCE_MS, async () =>
        /check failed/.test((await readStatusBarItem(page, ITEM)).label),
      );
      // What a screen reader says would change with the minute.
      await until('the minute lasts a while', 15_000, () => new Date().getSeconds() < 50);
      assert.deepEqual(await mutationsOfCheck(), []);
    });

    it('differs from a check that changes one', async () => {
      const { page, pilot, fleet } = stage();
      const seen = await watch(statusBarItem(page, ITEM));
      fleet.gateways.newApi.key('cline-work').status = 'enabled';
      await pilot.command('keyQuota.refresh', id);
      await until(
        'the item says so no more',
        PATIENCE_MS,
        async () => !/check failed/.test((await readStatusBarItem(page, ITEM)).label),
      );
      assert.ok((await seen()).some(({ same }) => !same));
    });
  });
}
