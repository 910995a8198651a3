import assert from 'node:assert/strict';

import { picture } from '../support/pictures.ts';
import { addKeys, removeAllKeys, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { chooseFromMenu, openContextMenu } from '../workbench/contextMenu.ts';
import { answerDialog, readDialog } from '../workbench/dialog.ts';
import { readNotification } from '../workbench/notifications.ts';
import { readInputBox, runCommand, typeInto } from '../workbench/quickInput.ts';
import { treeRow } from '../workbench/tree.ts';

const PAGE = 'https://console.example/topup';

/** With gateways on plain http, whose pages are therefore not known. */
export function testWebPages(stage: () => StageInUse): void {
  describe('pages of a gateway', () => {
    after(() => removeAllKeys(stage()));

    it('are asked for once, and VS Code shows the address before it opens one', async () => {
      const { page, pilot, fleet } = stage();
      const key = fleet.sampleKeys.find(
        ({ kind, credential }) => kind === 'newApi' && credential === 'apiKey',
      );
      assert.ok(key);
      await addKeys(pilot, [key]);
      const row = treeRow(page, VIEW, new RegExp(key.label));
      await row.waitFor();
      const titles = await openContextMenu(page, row, 'Top Up Key');
      assert.deepEqual(
        titles.filter(title => ['Copy Base URL', 'Open Console', 'Top Up Key'].includes(title)),
        ['Copy Base URL', 'Open Console', 'Top Up Key'],
      );
      await picture(page, 'pages-1-menu');
      await chooseFromMenu(page, 'Top Up Key');
      await readInputBox(page, 'Enter the address of this page at');
      await picture(page, 'pages-2-address');
      await typeInto(page, 'Enter the address of this page at', PAGE);
      for (const _time of ['asked', 'known']) {
        const { message, detail } = await readDialog(page, PAGE);
        assert.match(message + detail, /external website/);
        await picture(page, 'pages-3-host');
        await answerDialog(page, PAGE, 'Cancel');
        if (_time === 'asked') {
          await openContextMenu(page, row, 'Top Up Key');
          await chooseFromMenu(page, 'Top Up Key');
        }
      }
    });

    it('are not needed for a report: without a form in VS Code, what it needs is copied', async () => {
      const { page } = stage();
      await runCommand(page, 'Key Quota: Report Issue…');
      await readNotification(page, 'Diagnostics without names were copied instead.');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^### Key Quota diagnostics\n- Key Quota: \d/);
      assert.match(copied, /^- key 1: newApi, apiKey, ok, checked /m);
      await picture(page, 'report-issue');
    });
  });
}
