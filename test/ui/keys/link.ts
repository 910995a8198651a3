import assert from 'node:assert/strict';
import { clearStage } from '../support/clearStage.ts';
import { picture } from '../support/pictures.ts';
import { ITEM, sampleKey } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { answerDialog, readDialog } from '../workbench/dialog.ts';
import { choose, quickInput, readInputBox, typeInto } from '../workbench/quickInput.ts';
import { statusBarItem } from '../workbench/statusBar.ts';

export function testLink(stage: () => StageInUse): void {
  describe('a link', () => {
    afterEach(() => clearStage(stage()));

    /** Follows a link to the form, as one that was clicked on in VS Code: about others it asks first. */
    const follow = async (origin: string) => {
      const { page, pilot } = stage();
      const query = new URLSearchParams({ kind: 'cometApi', origin, label: 'From a link' });
      await pilot.follow(`code-oss://key-quota.key-quota/add?${query}`);
      return readDialog(page, `Add a key for ${origin}?`);
    };

    it('fills in the form, once its address is confirmed', async () => {
      const { page, fleet } = stage();
      const { origin, secret } = sampleKey(fleet, 'Continue – autocomplete');
      const { detail } = await follow(origin);
      await picture(page, 'link-1-address');
      assert.match(detail, /Whatever key you enter next is sent there, so go on only if you know it\./);
      assert.match(
        detail,
        /The link names CometAPI, but this is not one of its addresses: api\.cometapi\.com, /,
      );
      await answerDialog(page, 'Add a key for', 'Use This Address');
      await typeInto(page, 'sent only to this gateway', secret);
      await choose(page, 'what is left on this key');
      assert.equal(
        (await readInputBox(page, 'A name by which you will recognize the key')).value,
        'From a link',
      );
      await page.keyboard.press('Enter');
      await statusBarItem(page, ITEM).filter({ hasText: 'From a link · $12.90' }).waitFor();
    });

    it('stops without a confirmation', async () => {
      const { page, pilot } = stage();
      await follow('https://gateway.example');
      await answerDialog(page, 'Add a key for', 'Cancel');
      assert.equal(await quickInput(page).count(), 0);
      assert.deepEqual(await pilot.snapshot(), []);
    });
  });
}
