import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, allShown, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { readOutline, treeRow } from '../workbench/tree.ts';

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
      assert.deepEqual(await readOutline(page, VIEW, calm.length), calm);
      // 17.42 of 18.42 dollars.
      relay.spend('cline-work', { quota: 8_710_000 });
      await pilot.command('keyQuota.refreshAll');
      await allShown(pilot, 'a key is low', (keys: KeyState[]) =>
        keys.some(({ status }) => status === 'low'),
      );
      await treeRow(page, VIEW, 'Needs attention').waitFor();
      assert.deepEqual(await readOutline(page, VIEW, 6), [
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
      assert.deepEqual(await readOutline(page, VIEW, calm.length), calm);
    });
  });
}
