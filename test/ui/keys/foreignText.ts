import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { clearStage } from '../support/clearStage.ts';
import { picture } from '../support/pictures.ts';
import { allShown, CONTAINER, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { chooseFromMenu, openContextMenu } from '../workbench/contextMenu.ts';
import { notification } from '../workbench/notifications.ts';
import { choose, readChoices, runCommand } from '../workbench/quickInput.ts';
import { treeRow } from '../workbench/tree.ts';
import { openViewContainer } from '../workbench/viewContainer.ts';

const RETRY = '[Retry](command:workbench.action.terminal.new)';
const READ = '[Retry] (command:workbench.action.terminal.new)';
const NAME = `${RETRY} $(flame)`;

/** A gateway that answers about keys, and refuses everything else with words that VS Code would make a command of. */
async function startGateway(): Promise<Server> {
  const server = createServer((request, response) => {
    const isKey = request.url?.startsWith('/api/usage/token') === true;
    const body = isKey
      ? {
          code: true,
          message: 'ok',
          data: {
            name: NAME,
            total_granted: 10_000_000,
            total_used: 0,
            total_available: 10_000_000,
            unlimited_quota: false,
            model_limits_enabled: false,
            expires_at: 0,
          },
        }
      : { error: { message: RETRY, type: 'new_api_error' } };
    response.writeHead(isKey ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function testForeignText(stage: () => StageInUse): void {
  describe('texts of a gateway', () => {
    let server: Server;

    before(async () => {
      server = await startGateway();
      await openViewContainer(stage().page, CONTAINER);
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const add = (kind: string, label: string) =>
        stage().pilot.command('keyQuota.addKey', { kind, label, origin, secret: secretFor(`words ${kind}`) });
      await add('newApi', NAME);
      await add('cheapestInference', `Refused ${RETRY}`);
      await allShown(
        stage().pilot,
        'both were asked about',
        keys => keys.length === 2 && keys.every(key => key.reading ?? key.failure),
      );
    });
    after(async () => {
      await clearStage(stage());
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    });

    /** Waits for a notification, and says whether anything in it can be clicked on but its buttons. */
    const readSafely = async (about: string | RegExp) => {
      const { page, pilot } = stage();
      const toast = notification(page, about).first();
      await toast.waitFor();
      const message = toast.locator('.notification-list-item-message');
      assert.equal(await message.locator('a').count(), 0, 'no link');
      assert.equal(await message.locator('.codicon').count(), 0, 'no icon');
      const text = (await message.textContent()) ?? '';
      await picture(page, 'foreign-text');
      await pilot.command('notifications.clearAll');
      return text;
    };

    it('are text in a warning', async () => {
      const { page } = stage();
      await runCommand(page, 'Key Quota: Query Usage…');
      await choose(page, 'Refused');
      await choose(page, 'Today');
      assert.ok((await readSafely('Refused')).includes(READ));
      // What is under way says so itself; another message has to find it gone.
      await notification(page, 'Asking for usage').waitFor({ state: 'hidden' });
    });

    it('are text in the error of a command from the tree', async () => {
      const { page } = stage();
      // Its first check moves its line into the group.
      await treeRow(page, VIEW, 'Needs attention').waitFor();
      await openContextMenu(page, treeRow(page, VIEW, 'Refused'), 'Show Plans');
      await chooseFromMenu(page, 'Show Plans');
      assert.ok((await readSafely(/Refused|showPlans/)).includes(READ));
    });

    it('are text in a name that the gateway suggested, in messages and lists', async () => {
      const { page } = stage();
      await runCommand(page, 'Key Quota: Copy Model List');
      const choices = await readChoices(page);
      assert.ok(
        choices.some(choice => choice.includes(`${READ} $ (flame)`)),
        choices.join('\n'),
      );
      await choose(page, '$ (flame)');
      assert.ok((await readSafely('may call any model')).includes(`${READ} $ (flame)`));
    });

    it('run no command', async () => {
      const { page } = stage();
      assert.equal(await page.locator('.terminal-wrapper, .xterm').count(), 0);
      assert.equal(await page.locator('a[href^="command:workbench.action.terminal"]').count(), 0);
    });
  });
}
