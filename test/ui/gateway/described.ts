import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { Relay } from '../../unit/gateways/described/relay.ts';
import { picture } from '../support/pictures.ts';
import { allShown, ITEM, removeAllKeys, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { answerDialog, readDialog } from '../workbench/dialog.ts';
import { choose, readChoices, readInputBox, runCommand, typeInto } from '../workbench/quickInput.ts';
import { statusBarItem } from '../workbench/statusBar.ts';
import { treeRow } from '../workbench/tree.ts';

const SETTING = 'keyQuota.describedGateways';
const SECRET = secretFor('described in a window');
const ANSWER = { data: { left: 1250, used: 750, ends_at: '2099-01-01T00:00:00Z' } };

/** With a gateway that no part of the product knows. */
export function testDescribedGateway(stage: () => StageInUse): void {
  describe('a gateway that the user describes', () => {
    let relay: Relay;

    before(async () => {
      relay = await Relay.start();
      relay.reply = { body: ANSWER };
    });
    after(async () => {
      await removeAllKeys(stage());
      await stage().pilot.setting(SETTING);
      await relay.close();
    });

    it('is tried live after a yes, and shows its figure once it is saved', async () => {
      const { page, pilot } = stage();
      await runCommand(page, 'Key Quota: Describe a Gateway…');
      await typeInto(page, 'What to call the gateway', 'My relay');
      await typeInto(page, 'The gateway’s address', relay.origin);
      await typeInto(page, 'The path of the GET request', '/v1/usage');
      await picture(page, 'describe-1-place');
      await choose(page, 'header x-api-key');
      await typeInto(page, 'sent only to this gateway', SECRET);
      const consent = await readDialog(page, 'Send the key to');
      await picture(page, 'describe-2-consent');
      assert.ok(consent.detail.includes(`GET ${relay.origin}/v1/usage`), consent.detail);
      assert.ok(consent.detail.includes('The key goes into the header x-api-key.'), consent.detail);
      assert.equal(relay.calls.length, 0);
      await answerDialog(page, 'Send the key to', 'Send');
      const values = await readChoices(page);
      assert.deepEqual(
        values.map(value => value.split(',')[0]?.trim()),
        ['$.data.left', '$.data.used', '$.data.ends_at', 'None of these', 'Enter a JSON path…'],
      );
      await picture(page, 'describe-3-values');
      await choose(page, '$.data.left');
      await readInputBox(page, 'Which value is the used quota?');
      await choose(page, '$.data.used');
      await readInputBox(page, 'Whose figures are these?');
      await choose(page, 'The key’s own');
      await readInputBox(page, 'Which value is the limit?');
      await choose(page, 'None of these');
      await readInputBox(page, 'Which value is the expiry time?');
      await choose(page, '$.data.ends_at');
      await readInputBox(page, 'What are they counted in?');
      await choose(page, 'US dollars');
      await typeInto(page, 'How many of the gateway’s numbers', '100');
      const found = await readDialog(page, 'Save “My relay”');
      await picture(page, 'describe-4-found');
      assert.match(found.detail, /Remaining on this key: \$12\.50\s*Used: \$7\.50\s*Expires: /);
      assert.deepEqual(await pilot.snapshot(), []);
      await answerDialog(page, 'Save “My relay”', 'Save');
      await readInputBox(page, 'A name by which you will recognize the key');
      await page.keyboard.press('Enter');
      await statusBarItem(page, ITEM).filter({ hasText: 'My relay · $12.50' }).waitFor();
      await treeRow(page, VIEW, /\$12\.50 · My relay/).waitFor();
      await picture(page, 'describe-5-done');
      const [call, ...others] = relay.calls;
      assert.equal(others.length, 0);
      assert.deepEqual([call?.method, call?.url, call?.headers['x-api-key']], ['GET', '/v1/usage', SECRET]);
    });

    it('says what is wrong while its description is gone or has a mistake, and reads on after that', async () => {
      const { pilot, page } = stage();
      const description = {
        path: '/v1/usage',
        secretIn: 'header x-api-key',
        remaining: '$.data.left',
        divisor: 10,
      };
      const asked = relay.calls.length;
      const failing = async (setting: object, sentence: RegExp) => {
        await pilot.setting(SETTING, setting);
        const [key] = await allShown(pilot, `a failure says ${sentence}`, ([state]: KeyState[]) =>
          sentence.test(state?.failure?.message ?? ''),
        );
        assert.equal(key?.reading?.quota?.remaining, 12.5);
      };
      await failing({}, /^The description “My relay” is gone/);
      await picture(page, 'describe-6-gone');
      await failing(
        { 'My relay': { ...description, path: '/api/user/token' } },
        /“path”: A request to this path is known to change something/,
      );
      assert.equal(relay.calls.length, asked);
      await pilot.setting(SETTING, { 'My relay': description });
      await statusBarItem(page, ITEM).filter({ hasText: 'My relay · $125.00' }).waitFor();
    });
  });
}
