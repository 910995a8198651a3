import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import type { SampleKey } from '../sampleGateways/sampleKeys.ts';
import { clearStage } from './support/clearStage.ts';
import { picture } from './support/pictures.ts';
import { addKeys, allShown, CONTAINER, removeAllKeys, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { again } from './workbench/again.ts';
import { chooseFromMenu, openContextMenu } from './workbench/contextMenu.ts';
import { giveFile } from './workbench/fileDialog.ts';
import { answerNotification, holdNotification, readNotification } from './workbench/notifications.ts';
import { choose, quickInput, readValidation, runCommand, typeInto } from './workbench/quickInput.ts';
import { treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

/** The files of programs in the home folder of the window; each keeps what it has. */
const home = mkdtempSync(join(tmpdir(), 'key-quota-home-'));

function put(path: string, text: string): void {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Ticks a row of the list by the beginning of its text. */
async function tick(page: Page, text: string): Promise<void> {
  const row = quickInput(page)
    .locator('.monaco-list-row')
    .filter({ has: page.getByText(text, { exact: true }) });
  await again(`“${text}” is ticked`, async timeout => {
    // A row that is redrawn takes the click with it.
    if ((await row.first().getAttribute('aria-checked', { timeout })) !== 'true')
      await row.first().click({ timeout });
    await row.first().and(page.locator('[aria-checked="true"]')).waitFor({ timeout });
  });
}

/** Importing is loaded when it is first called, with libraries of its own: tried as it is installed. */
describe('Import Keys', () => {
  const stage = useStage({
    packaged: true,
    fleet: { limits: 'off' },
    env: { HOME: home, USERPROFILE: home },
  });
  before(() => openViewContainer(stage().page, CONTAINER));
  afterEach(() => clearStage(stage()));
  after(() => rmSync(home, { recursive: true, force: true }));

  const key = (label: string): SampleKey => sampleKey(stage().fleet, label);

  /** Three keys in Claude Code, Codex and Cline, four of CC Switch, and four to be copied. */
  const furnishHome = () => {
    const claude = key('CI evals');
    put(
      '.claude/settings.json',
      JSON.stringify({ env: { ANTHROPIC_AUTH_TOKEN: claude.secret, ANTHROPIC_BASE_URL: claude.origin } }),
    );
    const codex = key('Translation service');
    put(
      '.codex/config.toml',
      `[model_providers.mine]\nname = "Codex relay"\nbase_url = "${codex.origin}/v1"\nexperimental_bearer_token = "${codex.secret}"\n`,
    );
    const cline = key('Lab relay');
    put(
      '.cline/data/settings/providers.json',
      JSON.stringify({
        providers: {
          openai: { settings: { provider: 'Cline relay', apiKey: cline.secret, baseUrl: cline.origin } },
        },
      }),
    );
    furnishCcSwitch();
  };

  const furnishCcSwitch = () => {
    mkdirSync(join(home, '.cc-switch'), { recursive: true });
    const database = new DatabaseSync(join(home, '.cc-switch', 'cc-switch.db'));
    database.exec('CREATE TABLE providers (app_type TEXT, name TEXT, settings_config TEXT, meta TEXT)');
    const insert = database.prepare('INSERT INTO providers VALUES (?, ?, ?, ?)');
    const account = key('Relay One – account');
    const script = { templateType: 'newapi', accessToken: account.secret, userId: account.userId };
    for (const [label, meta] of [
      ['Claude Code – home', { usage_script: { ...script, baseUrl: account.origin } }],
      ['Docs bot – staging', {}],
      ['Summer intern', {}],
    ] as const) {
      const { secret, origin } = key(label);
      const env = { ANTHROPIC_AUTH_TOKEN: secret, ANTHROPIC_BASE_URL: origin };
      insert.run('claude', label, JSON.stringify({ env }), JSON.stringify(meta));
    }
    database.close();
  };

  const copied = () => {
    const variables = (name: string, label: string) => {
      const { secret, origin } = key(label);
      return `${name}_API_KEY=${secret}\n${name}_BASE_URL=${origin}/v1`;
    };
    return [
      variables('WORK', 'Cline – work'),
      variables('SIDE', 'Roo – side project'),
      variables('LAPTOP', 'Aider – old laptop'),
      variables('BATCH', 'Kilo Code – blog'),
      'UNSET_API_KEY=$UNSET',
    ].join('\n');
  };

  it('adds eleven keys from five places in one go, and finds their figures', async () => {
    const { page, pilot } = stage();
    furnishHome();
    const files = ['.claude/settings.json', '.codex/config.toml', '.cline/data/settings/providers.json'];
    const before = files.map(file => readFileSync(join(home, file), 'utf8'));
    await page.evaluate(text => navigator.clipboard.writeText(text), copied());

    await runCommand(page, 'Key Quota: Import Keys…');
    for (const place of ['Text on the Clipboard', 'CC Switch', 'Claude Code', 'Codex', 'Cline']) {
      await tick(page, place);
    }
    await picture(page, 'import-1-places');
    await page.keyboard.press('Enter');

    await quickInput(page)
      .filter({ has: page.getByPlaceholder(/^Only selected keys are saved/) })
      .waitFor();
    // The list holds only the rows in sight, but says how many there are.
    const offered = await quickInput(page).locator('.monaco-list-row').first().getAttribute('aria-setsize');
    await picture(page, 'import-2-keys');
    assert.equal(offered, '11');
    await page.keyboard.press('Enter');

    const told = await readNotification(page, 'keys were imported.');
    assert.equal(told.message, '11 keys were imported. Left out: 1.');
    assert.deepEqual(told.buttons, ['Undo', 'Show Those Left Out']);
    await holdNotification(page, 'keys were imported.');
    const states = await allShown(
      pilot,
      'each imported key was asked about',
      keys => keys.length === 11 && keys.every(({ reading, failure }) => reading || failure),
    );
    await picture(page, 'import-3-done');

    await treeRow(page, VIEW, 'Codex relay').filter({ hasText: '¥1,023.82' }).waitFor();
    const unread = states.filter(({ reading }) => !reading).map(({ label }) => label);
    assert.deepEqual(unread, ['LAPTOP_API_KEY'], 'this one is disabled at its gateway');
    assert.deepEqual(
      files.map(file => readFileSync(join(home, file), 'utf8')),
      before,
      'files of others are never written',
    );

    await answerNotification(page, 'keys were imported.', 'Undo');
    await readNotification(page, 'The imported keys were removed again.');
    await allShown(pilot, 'no key is left', keys => keys.length === 0);
  }).timeout(180_000);

  it('adds the keys of an account from its line, and reads them from the account', async () => {
    const { page, pilot } = stage();
    await addKeys(pilot, [key('Relay One – account')]);
    await openContextMenu(page, treeRow(page, VIEW, /\$86\.40/), 'Add Keys of Account…');
    await chooseFromMenu(page, 'Add Keys of Account…');
    await quickInput(page)
      .filter({ has: page.getByPlaceholder('Only selected keys are saved.') })
      .waitFor();
    await picture(page, 'account-keys-1-list');
    await page.keyboard.press('Enter');
    // In the list of notifications: beside three that show progress, VS Code may pop no other up.
    await pilot.command('notifications.showList');
    const listed = page.locator('.notifications-center .notification-list-item');
    const imported = listed.filter({ hasText: '5 keys were imported.' });
    await imported.waitFor();
    const states = await allShown(
      pilot,
      'each key was read',
      keys => keys.length === 6 && keys.every(({ reading, failure }) => reading || failure),
    );
    const used = (name: string) => states.find(({ label }) => label === name)?.reading?.quota?.used;
    assert.ok((used('Claude Code – home') ?? 0) >= 41.07);
    await picture(page, 'account-keys-2-added');
    await imported.getByRole('button', { name: 'Undo' }).press('Enter');
    await listed.filter({ hasText: 'The imported keys were removed again.' }).waitFor();
    await pilot.command('notifications.hideList');
    // What windows show follows a moment after.
    const [left] = await allShown(pilot, 'the account is alone again', keys => keys.length === 1);
    assert.equal(left?.label, 'Relay One – account');
  }).timeout(180_000);

  it('moves keys to another machine in a file that a passphrase opens', async () => {
    const { page, pilot, home: folder } = stage();
    const labels = ['Cline – work', 'Translation service'];
    await addKeys(pilot, labels.map(key));
    const file = join(folder, 'moved.age');
    const passphrase = 'correct horse battery';
    await runCommand(page, 'Key Quota: Export Keys…');
    await quickInput(page)
      .filter({ has: page.getByPlaceholder('Which keys?') })
      .waitFor();
    await page.keyboard.press('Enter');
    await choose(page, 'With Secrets, Encrypted');
    await typeInto(page, 'A passphrase for the file.', 'short', { accept: false });
    assert.equal(await readValidation(page, 'At least'), 'At least 10 characters.');
    await typeInto(page, /At least|A passphrase for the file/, passphrase);
    await typeInto(page, 'The same passphrase once more.', passphrase);
    await giveFile(page, file, 'Show Local');
    await readNotification(page, 'Saved as');
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^-----BEGIN AGE ENCRYPTED FILE-----/);
    await removeAllKeys(stage());

    await runCommand(page, 'Key Quota: Import Keys…');
    await tick(page, 'Files…');
    await page.keyboard.press('Enter');
    await giveFile(page, file, 'Look for Keys');
    await typeInto(page, 'The passphrase of “moved.age”', 'a wrong passphrase');
    await readNotification(page, 'does not open with this passphrase');
    await typeInto(page, 'The passphrase of “moved.age”', passphrase);
    await quickInput(page)
      .filter({ has: page.getByPlaceholder(/^Only selected keys are saved/) })
      .waitFor();
    await picture(page, 'import-4-moved');
    await page.keyboard.press('Enter');
    await readNotification(page, '2 keys were imported.');
    const states = await allShown(
      pilot,
      'both keys were asked about',
      keys => keys.length === 2 && keys.every(({ reading }) => reading),
    );
    assert.deepEqual(states.map(({ label }) => label).toSorted(), labels);
    await treeRow(page, VIEW, 'Translation service').filter({ hasText: '¥1,023.82' }).waitFor();
  }).timeout(180_000);

  it('says why there is nothing to add', async () => {
    const { page } = stage();
    await page.evaluate(() => navigator.clipboard.writeText('OPENAI_API_KEY=sk-aaaa1111bbbb2222cccc'));
    await runCommand(page, 'Key Quota: Import Keys…');
    await tick(page, 'Text on the Clipboard');
    await page.keyboard.press('Enter');
    const { message } = await readNotification(page, 'No keys were found that can be added.');
    assert.match(
      message,
      /“OPENAI_API_KEY” from the clipboard: This vendor reports nothing about such a key\.$/,
    );
  });
});
