import assert from 'node:assert/strict';
import { clearStage } from '../support/clearStage.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, removeAllKeys, sampleKey } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { notification } from '../workbench/notifications.ts';
import {
  choose,
  dismissQuickInput,
  quickInput,
  readChoices,
  runCommand,
  typeInto,
} from '../workbench/quickInput.ts';
import { statusBarMessage } from '../workbench/statusBar.ts';

const FIND = 'Key Quota: Find a Key for a Model…';
const KEYS = ['Cline – work', 'Roo – side project', 'CI evals', 'Claude Code – home', 'Thumbnail generator'];

export function testFindKey(stage: () => StageInUse): void {
  describe('finding a key for a model', () => {
    before(async () => {
      const { pilot, fleet } = stage();
      const known = KEYS.filter(label => fleet.sampleKeys.some(key => key.label === label));
      await addKeys(
        pilot,
        known.map(label => sampleKey(fleet, label)),
      );
    });
    after(() => clearStage(stage()));

    const ask = async (model: string) => {
      const { page } = stage();
      await runCommand(page, FIND);
      await typeInto(page, 'Type the name of a model', model, { accept: false });
      await quickInput(page).getByRole('option').filter({ hasText: model }).first().waitFor();
      await picture(page, 'find-1-model');
      await quickInput(page).locator('.quick-input-box input').press('Enter');
    };

    it('shows the keys that may call it and have quota, the tightest last, then those that cannot now', async () => {
      const { page } = stage();
      await ask('gpt-4.1-mini');
      await quickInput(page).getByRole('option').filter({ hasText: 'Cline – work' }).waitFor();
      const choices = await readChoices(page);
      const at = (label: string) => choices.findIndex(choice => choice.includes(label));
      assert.ok(at('Claude Code – home') < at('Cline – work'), choices.join(' | '));
      assert.ok(at('Cline – work') < at('Roo – side project'), choices.join(' | '));
      assert.ok(at('Roo – side project') < at('CI evals'), choices.join(' | '));
      await picture(page, 'find-2-keys');
      await dismissQuickInput(page);
    });

    it('copies the name or the address of the chosen key', async () => {
      const { page, fleet } = stage();
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      for (const [action, text, said] of [
        ['Copy Name', 'Cline – work', 'Name copied.'],
        ['Copy Base URL', sampleKey(fleet, 'Cline – work').origin, 'Base URL copied.'],
      ] as const) {
        await ask('gpt-4.1');
        await choose(page, 'Cline – work');
        await quickInput(page).getByRole('option').filter({ hasText: 'Copy Name' }).waitFor();
        await picture(page, 'find-3-actions');
        await choose(page, action);
        await statusBarMessage(page).filter({ hasText: said }).waitFor();
        assert.equal(await clipboard(), text);
      }
    });

    it('accepts any name, and says so when no key may call it', async () => {
      const { page, pilot, fleet } = stage();
      await removeAllKeys(stage());
      await addKeys(pilot, [sampleKey(fleet, 'Night batch')]).catch(() => undefined);
      await ask('no-such-model');
      const nobody = notification(page, 'None of your keys may call “no-such-model”.');
      await nobody.or(quickInput(page)).first().waitFor();
      await picture(page, 'find-4-nobody');
      await dismissQuickInput(page);
    });
  });
}
