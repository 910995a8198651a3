import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, allShown, CONTAINER, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { again } from '../workbench/again.ts';
import { chooseFromMenu, openContextMenu } from '../workbench/contextMenu.ts';
import { hoverOver, leave, stopHovering } from '../workbench/hover.ts';
import { typeInto } from '../workbench/quickInput.ts';
import { outlineIs, treeRow } from '../workbench/tree.ts';
import { openViewContainer } from '../workbench/viewContainer.ts';

export function testOrder(stage: () => StageInUse): void {
  describe('its order', () => {
    it('stays while figures change, and what needs attention goes into the group on top and back', async () => {
      const { page, pilot, fleet } = stage();
      const relay = fleet.gateways.newApi;
      await addKeys(
        pilot,
        ['Cline – work', 'Claude Code – home', 'Continue – autocomplete'].map(label =>
          sampleKey(fleet, label),
        ),
      );
      const calm = [
        'Relay One',
        '$18.42 · Cline – work',
        '∞ · used $41.07 · Claude Code – home',
        'CometAPI',
        '$12.90 · Continue – autocomplete',
      ];
      await outlineIs(page, VIEW, calm);
      // 17.42 of 18.42 dollars.
      relay.spend('cline-work', { quota: 8_710_000 });
      await pilot.command('keyQuota.refreshAll');
      await allShown(pilot, 'a key is low', (keys: KeyState[]) =>
        keys.some(({ status }) => status === 'low'),
      );
      await treeRow(page, VIEW, 'Needs attention').waitFor();
      await outlineIs(page, VIEW, [
        'Needs attention',
        '$1.00 · Cline – work',
        'Relay One',
        '∞ · used $41.07 · Claude Code – home',
        'CometAPI',
        '$12.90 · Continue – autocomplete',
      ]);
      await treeRow(page, VIEW, 'Needs attention1 key').waitFor();
      await treeRow(page, VIEW, 'Relay One2 keys · 1 low').waitFor();
      await treeRow(page, VIEW, '$1.00 · Cline – worklow · Relay One').waitFor();
      await picture(page, 'tree-attention');
      relay.refund('cline-work', { quota: 8_710_000 });
      await pilot.command('keyQuota.refreshAll');
      await treeRow(page, VIEW, 'Needs attention').waitFor({ state: 'detached' });
      await outlineIs(page, VIEW, calm);
    });

    it('is that into which a person drags keys and gateways, or moves them by keys, and is that of another window, too', async () => {
      const { page, pilot, fleet } = stage();
      await addKeys(
        pilot,
        ['Cline – work', 'Claude Code – home', 'Continue – autocomplete'].map(label =>
          sampleKey(fleet, label),
        ),
      );
      const [relay, cline, claude, comet, third] = [
        'Relay One',
        '$18.42 · Cline – work',
        '∞ · used $41.07 · Claude Code – home',
        'CometAPI',
        '$12.90 · Continue – autocomplete',
      ] as const;
      // A row that is redrawn meanwhile is not dragged.
      await outlineIs(page, VIEW, [relay, cline, claude, comet, third]);
      const first = async () => (await pilot.snapshot<KeyState>())[0]?.label;
      await again('the key is dragged', async timeout => {
        // A tooltip may lie over one of the two.
        await leave(page);
        if ((await first()) === 'Cline – work')
          await treeRow(page, VIEW, cline).dragTo(treeRow(page, VIEW, claude), { timeout });
        await treeRow(page, VIEW, claude).and(page.locator('[data-index="1"]')).waitFor({ timeout });
      });
      await outlineIs(page, VIEW, [relay, claude, cline, comet, third]);
      await treeRow(page, VIEW, comet).locator('.label-name').click();
      await page.keyboard.press('Alt+ArrowUp');
      await until(
        'the gateway has moved',
        PATIENCE_MS,
        async () => (await pilot.snapshot<KeyState>())[0]?.label === 'Continue – autocomplete',
      );
      const second = await stage().openAnother('second');
      await openViewContainer(second.page, CONTAINER);
      await outlineIs(second.page, VIEW, [comet, third, relay, claude, cline]);
      await picture(second.page, 'tree-own-order');
      await second.page.close();
    });
  });

  describe('a note', () => {
    it('is written from the menu, and shown as text where one hovers over the line', async () => {
      const { page, pilot, fleet } = stage();
      await addKeys(pilot, [sampleKey(fleet, 'Cline – work')]);
      await openContextMenu(page, treeRow(page, VIEW, '$18.42 · Cline – work'), 'Edit Note…');
      await chooseFromMenu(page, 'Edit Note…');
      await typeInto(
        page,
        'A note on “Cline – work”',
        'Lent by Ada <b>until</b> [May](https://evil.example)',
      );
      const hover = await hoverOver(page, treeRow(page, VIEW, 'Cline – work').locator('.label-name'));
      await hover.getByText('Lent by Ada <b>until</b> [May](https://evil.example)').waitFor();
      assert.equal(await hover.locator('a[href*="evil"], a[data-href*="evil"]').count(), 0);
      await picture(page, 'tree-note');
      await stopHovering(page);
    });
  });
}
