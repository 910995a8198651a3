import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { gateways } from '../../../src/gateways/registry.ts';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { startHost } from '../../sampleGateways/mount.ts';
import { clearStage } from '../support/clearStage.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { answerDialog, dialog, readDialog } from '../workbench/dialog.ts';
import { answerNotification, notification } from '../workbench/notifications.ts';
import {
  choose,
  chooseGateway,
  dismissQuickInput,
  pressQuickInputButton,
  quickInput,
  readAllChoices,
  readChoices,
  readInputBox,
  readValidation,
  stepOf,
  typeInto,
} from '../workbench/quickInput.ts';
import { clickStatusBarItem, statusBarItem } from '../workbench/statusBar.ts';
import { treeRow } from '../workbench/tree.ts';
import { openViewContainer } from '../workbench/viewContainer.ts';

const ADDRESS = 'https://api.example.com';
const SECRET = 'sent only to this gateway';
const FIRST = 'Paste an address, a key, or both; or choose a gateway';
const FAILED = 'The key could not be checked.';
const REFUSED = 'The key was not accepted.';

export function testAddKey(stage: () => StageInUse): void {
  describe('the Add Key form', () => {
    const comet = () => sampleKey(stage().fleet, 'Continue – autocomplete');
    const calls = () => stage().fleet.gateways.cometApi.callsOf({ path: '/api/usage/token/' }).length;

    before(() => openViewContainer(stage().page, CONTAINER));
    afterEach(() => clearStage(stage()));

    /** From the status bar to the box for the secret, by the gateway of the list and another address. */
    const goToSecret = async (origin: string) => {
      const { page } = stage();
      await clickStatusBarItem(page, ITEM);
      await chooseGateway(page, 'CometAPI');
      await pressQuickInputButton(page, 'Change Address');
      await typeInto(page, ADDRESS, origin);
      await readInputBox(page, SECRET);
    };
    const enterSecret = async (secret: string) => {
      const { page } = stage();
      await typeInto(page, SECRET, secret);
      await choose(page, 'what is left on this key');
    };

    it('takes a new user from the welcome view to a figure', async () => {
      const { page, pilot } = stage();
      const { origin, secret } = comet();
      await picture(page, 'add-1-welcome');
      const welcome = page.locator('.part.sidebar .welcome-view-content');
      await welcome.getByRole('button', { name: 'Import Keys', exact: true }).waitFor();
      await welcome.getByRole('button', { name: 'Add Key', exact: true }).click();

      assert.equal((await readInputBox(page, FIRST)).placeholder, FIRST);
      assert.equal(await stepOf(page), '1/2');
      await picture(page, 'add-2-first');
      const lines = await readAllChoices(page);
      const titles = lines.map(line => line.split(',')[0]?.trim());
      assert.deepEqual(
        [titles[0], titles.at(-1), [...new Set(titles.slice(1, -1))]],
        ['Paste from the Clipboard', 'Describe a gateway…', gateways.map(({ title }) => title)],
      );
      assert.ok(
        lines.some(line => /Moonshot AI,? +api\.moonshot\.ai, international/.test(line)),
        lines.join('\n'),
      );
      // The list has been read to its end.
      await chooseGateway(page, 'CometAPI');

      const known = await readInputBox(page, SECRET);
      assert.match(known.prompt, /^api\.cometapi\.com: CometAPI\. The key is kept/);
      assert.equal(await stepOf(page), '2/2');
      await picture(page, 'add-3-secret');
      await pressQuickInputButton(page, 'Change Address');
      assert.equal((await readInputBox(page, ADDRESS)).value, 'https://api.cometapi.com');
      await picture(page, 'add-4-address');
      await typeInto(page, ADDRESS, `${origin}/v1/`);

      const box = await readInputBox(page, SECRET);
      assert.equal(box.password, true, 'what is pasted is hidden');
      assert.equal(box.value, '');
      await typeInto(page, SECRET, `Bearer ${secret}`, { accept: false });
      await picture(page, 'add-5-secret');
      await page.keyboard.press('Enter');
      await readChoices(page);
      assert.equal(await stepOf(page), '3/3');
      await picture(page, 'add-6-credential');
      await choose(page, 'what is left on this key');

      await notification(page, '“Continue – autocomplete” was added.').waitFor();
      await statusBarItem(page, ITEM).filter({ hasText: 'Continue – autocomplete · $12.90' }).waitFor();
      await treeRow(page, VIEW, 'Continue – autocomplete').filter({ hasText: '$12.90' }).waitFor();
      await picture(page, 'add-7-done');
      const [key, ...others] = await pilot.snapshot<KeyState>();
      assert.equal(others.length, 0);
      assert.equal(key?.origin, origin);
      assert.equal(key?.kind, 'cometApi');
      assert.equal(calls(), 1, 'the live check is not repeated');
    });

    it('renames the new key from the message that it was added', async () => {
      const { page } = stage();
      await goToSecret(comet().origin);
      await enterSecret(comet().secret);
      await answerNotification(page, 'was added.', 'Rename Key…');
      await typeInto(page, 'A name by which you will recognize the key', 'My Comet key');
      await statusBarItem(page, ITEM).filter({ hasText: 'My Comet key · $12.90' }).waitFor();
    });

    it('takes two inputs where the address is known, and says by what', async () => {
      const { page, pilot, fleet } = stage();
      const { origin, secret } = sampleKey(fleet, 'Translation service');
      await clickStatusBarItem(page, ITEM);
      await typeInto(page, FIRST, origin);
      const { prompt } = await readInputBox(page, SECRET);
      assert.match(
        prompt,
        new RegExp(`^${new URL(origin).host}: New API, by its status page\\. The key is kept`),
      );
      await picture(page, 'add-recognized');
      await typeInto(page, SECRET, secret);
      await statusBarItem(page, ITEM).filter({ hasText: 'Translation service · ¥1,023.82' }).waitFor();
      assert.equal((await pilot.snapshot<KeyState>())[0]?.kind, 'newApi');
      await pilot.command('notifications.clearAll');

      // From now on the gateway is among the lines.
      await page.locator('.part.sidebar').getByRole('button', { name: 'Add Key…' }).click();
      await readInputBox(page, FIRST);
      await picture(page, 'add-known-gateway');
      await choose(page, new URL(origin).host);
      const again = await readInputBox(page, SECRET);
      assert.match(again.prompt, /: New API, like your other keys there\. The key is kept/);
      await dismissQuickInput(page);
    });

    it('hides a pasted key at once, and takes address and key that were pasted together', async () => {
      const { page, pilot, fleet } = stage();
      const { origin, secret } = sampleKey(fleet, 'Translation service');
      await clickStatusBarItem(page, ITEM);
      await typeInto(page, FIRST, `${origin}/v1 ${secret}`, { accept: false });
      const { value, password, prompt } = await readInputBox(page, SECRET);
      assert.deepEqual([value, password], [secret, true]);
      assert.match(prompt, /: New API, by its status page\./);
      assert.ok(!(await page.content()).includes(secret), 'the key stands nowhere on the page');
      await picture(page, 'add-both');
      await pressQuickInputButton(page, 'Back');
      const first = await readInputBox(page, FIRST);
      assert.equal(first.value, origin, 'the address is, and the key is not shown on the way back');
      await typeInto(page, FIRST, origin);
      assert.equal((await readInputBox(page, SECRET)).value, '');
      await typeInto(page, SECRET, secret);
      await statusBarItem(page, ITEM).filter({ hasText: 'Translation service · ¥1,023.82' }).waitFor();
      assert.equal((await pilot.snapshot<KeyState>()).length, 1);
    });

    it('takes what was copied in several lines', async () => {
      const { page, fleet } = stage();
      const { origin, secret } = sampleKey(fleet, 'Translation service');
      await page.evaluate(
        text => navigator.clipboard.writeText(text),
        `API_BASE_URL=${origin}/v1\nAPI_KEY=${secret}\n`,
      );
      await clickStatusBarItem(page, ITEM);
      await readInputBox(page, FIRST);
      await quickInput(page).locator('.quick-input-box input').press('ControlOrMeta+V');
      const { value, prompt } = await readInputBox(page, SECRET);
      assert.equal(value, secret);
      assert.ok(prompt.startsWith(`${new URL(origin).host}: New API`), prompt);
      await page.keyboard.press('Enter');
      await statusBarItem(page, ITEM).filter({ hasText: 'Translation service · ¥1,023.82' }).waitFor();
    });

    it('asks for the address of a key that may be of many', async () => {
      const { page, fleet } = stage();
      const { origin, secret } = sampleKey(fleet, 'Translation service');
      await clickStatusBarItem(page, ITEM);
      await typeInto(page, FIRST, secret, { accept: false });
      await readInputBox(page, ADDRESS);
      assert.equal(await stepOf(page), '2/3');
      await picture(page, 'add-key-first');
      await typeInto(page, ADDRESS, origin);
      assert.equal((await readInputBox(page, SECRET)).value, secret);
      await page.keyboard.press('Enter');
      await statusBarItem(page, ITEM).filter({ hasText: 'Translation service · ¥1,023.82' }).waitFor();
    });

    it('knows a vendor by the shape of its key', async () => {
      const { page, pilot } = stage();
      await clickStatusBarItem(page, ITEM);
      await typeInto(page, FIRST, `sk-or-v1-${'0123456789abcdef'.repeat(4)}`, { accept: false });
      const { prompt } = await readInputBox(page, SECRET);
      assert.match(prompt, /^openrouter\.ai: OpenRouter, by the shape of the key\./);
      await picture(page, 'add-by-shape');
      await dismissQuickInput(page);
      assert.deepEqual(await pilot.snapshot(), []);
    });

    it('takes a gateway below a path of a host, and sends its key there alone', async () => {
      const { page, pilot, fleet } = stage();
      const { origin, secret } = sampleKey(fleet, 'Translation service');
      const gateway = Object.values(fleet.gateways).find(each => each.origin === origin) ?? assert.fail();
      const host = await startHost({ '/newapi': gateway });
      try {
        await clickStatusBarItem(page, ITEM);
        await typeInto(page, FIRST, `${host.origin}/newapi/v1`, { accept: false });
        await quickInput(page)
          .getByRole('option')
          .filter({ hasText: `Add a key for ${host.origin}/newapi` })
          .waitFor();
        await picture(page, 'add-below-path');
        await page.keyboard.press('Enter');
        await typeInto(page, SECRET, secret);
        await statusBarItem(page, ITEM).filter({ hasText: 'Translation service · ¥1,023.82' }).waitFor();
        const [key] = await pilot.snapshot<KeyState>();
        assert.deepEqual([key?.origin, key?.baseUrl], [host.origin, `${host.origin}/newapi`]);
        assert.deepEqual(host.rootCalls, [], 'nothing comes to the root');
      } finally {
        await host.close();
      }
    });

    it('shows that it is checking, and Try Again asks a failing gateway again', async () => {
      const { page, fleet } = stage();
      const { origin, secret } = comet();
      const before = calls();
      fleet.gateways.cometApi.setReply('GET /api/usage/token/', {
        status: 503,
        delivery: { how: 'holdHeaders' },
      });
      await goToSecret(origin);
      await enterSecret(secret);
      await until('the gateway is asked', PATIENCE_MS, () => fleet.gateways.cometApi.holds.size > 0);
      await notification(page, `Checking the key at ${origin}`).waitFor();
      await picture(page, 'add-checking');
      fleet.gateways.cometApi.setReply('GET /api/usage/token/', undefined);
      fleet.gateways.cometApi.holds.release();
      assert.match((await readDialog(page, FAILED)).detail, /has a server error \(HTTP 503\)/);
      await answerDialog(page, FAILED, 'Try Again');
      await statusBarItem(page, ITEM).filter({ hasText: '$12.90' }).waitFor();
      assert.equal(calls(), before + 2);
    });

    it('says in the box what is wrong, and keeps what was typed', async () => {
      const { page, pilot } = stage();
      await clickStatusBarItem(page, ITEM);
      await chooseGateway(page, 'New API');
      const box = quickInput(page).locator('.quick-input-box input');

      const addresses = [
        ['', /^Enter the gateway’s address, for example https:\/\/api\.example\.com/],
        ['my gateway', /^This is not an address\. Addresses look like/],
        ['http://api.example.com', /^Plain http would expose the key to everyone along the way\. Use https/],
        ['ftp://api.example.com', /^The address must begin with https:\/\//],
        ['https://me:secret@api.example.com', /^Leave user name and password out of the address\./],
      ] as const;
      await readInputBox(page, ADDRESS);
      for (const [text, sentence] of addresses) {
        await box.fill(text);
        await page.keyboard.press('Enter');
        await readValidation(page, sentence);
        assert.equal(await box.inputValue(), text);
      }
      await picture(page, 'add-wrong-address');
      await box.fill('api.example.com/v1');
      await page.keyboard.press('Enter');

      const secrets = [
        ['', /^Paste the API key\./],
        ['Bearer ', /^Paste the API key\./],
        ['sk-two words', /^The key contains spaces, line breaks or characters outside ASCII\./],
        ['sk-xxxxxxxxxxxxxxxxxxxx', /^This is not the key itself:/],
        ['sk-ключ', /^The key contains spaces, line breaks or characters outside ASCII\./],
        ['sk-A1b2'.repeat(600), /^This is longer than any API key\./],
        [
          'mk_looksLikeAnother',
          /^This does not look like the credential “API key \/ Access token of the account”\. Press Enter/,
        ],
      ] as const;
      await readInputBox(page, SECRET);
      for (const [text, sentence] of secrets.slice(0, -1)) {
        await box.fill(text);
        await page.keyboard.press('Enter');
        await readValidation(page, sentence);
        assert.equal(await box.inputValue(), text);
        assert.equal(await box.getAttribute('type'), 'password');
      }
      await picture(page, 'add-wrong-secret');
      // Only a warning: Enter would go on.
      const [doubtful, warning] = secrets.at(-1) ?? ['', /./];
      await box.fill(doubtful);
      await readValidation(page, warning);
      await picture(page, 'add-doubtful-secret');
      await dismissQuickInput(page);
      assert.deepEqual(await pilot.snapshot(), []);
    });

    describe('with a key that the gateway refuses', () => {
      const wrong = 'sk-NobodyHasThisKeyAtAll0123456789';
      const enter = async () => {
        const { page } = stage();
        await goToSecret(comet().origin);
        await enterSecret(wrong);
        return readDialog(page, REFUSED);
      };

      it('asks what to do, and Cancel saves nothing', async () => {
        const { page, pilot } = stage();
        const { message, detail, buttons } = await enter();
        await picture(page, 'add-refused');
        assert.equal(message, REFUSED);
        assert.match(
          detail,
          /does not accept this key\. Check that it was copied whole and belongs to this gateway\./,
        );
        assert.ok(!detail.includes(wrong));
        assert.deepEqual(buttons.sort(), ['Cancel', 'Save Anyway', 'Try Again']);
        await answerDialog(page, REFUSED, 'Cancel');
        assert.deepEqual(await pilot.snapshot(), []);
        assert.equal(await quickInput(page).count(), 0);
      });

      it('Try Again lets the user correct it', async () => {
        const { page, pilot } = stage();
        await enter();
        await answerDialog(page, REFUSED, 'Try Again');
        const box = await readInputBox(page, SECRET);
        assert.equal(box.password, true);
        assert.equal(box.value, wrong);
        await enterSecret(comet().secret);
        await statusBarItem(page, ITEM).filter({ hasText: 'Continue – autocomplete · $12.90' }).waitFor();
        assert.equal((await pilot.snapshot()).length, 1);
      });

      it('Save Anyway adds it, and says that it is not accepted', async () => {
        const { page, pilot } = stage();
        await enter();
        await answerDialog(page, REFUSED, 'Save Anyway');
        const { host } = new URL(comet().origin);
        await notification(page, `“${host}” was added.`).waitFor();
        await statusBarItem(page, ITEM)
          .filter({ hasText: `${host} · not accepted` })
          .waitFor();
        // The line of its gateway has the address too.
        await treeRow(page, VIEW, new RegExp(`^${host}not accepted`)).waitFor();
        assert.equal((await pilot.snapshot<KeyState>())[0]?.status, 'invalid');
        assert.equal(await dialog(page).count(), 0);
      });
    });

    it('finds a key that exists already', async () => {
      const { page, pilot } = stage();
      await addKeys(pilot, [comet()]);
      const before = calls();
      await pilot.command('workbench.view.extension.keyQuota');
      await page.locator('.part.sidebar').getByRole('button', { name: 'Add Key…' }).click();
      await choose(page, new URL(comet().origin).host);
      await enterSecret(comet().secret);
      await notification(page, 'This key is already here, as “Continue – autocomplete”.').waitFor();
      await picture(page, 'add-duplicate');
      await pilot.command('notifications.clearAll');
      const keys = await allShown(pilot, 'there still is one key', all => all.length === 1);
      assert.equal(keys[0]?.label, 'Continue – autocomplete');
      assert.equal(calls(), before, 'nobody was asked');
    });
  });
}
