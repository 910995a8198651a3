import assert from 'node:assert/strict';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { gateways } from '../../src/gateways/registry.ts';
import { clearStage } from './support/clearStage.ts';
import { dayBefore } from './support/panel.ts';
import { picture } from './support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { answerDialog, readDialog } from './workbench/dialog.ts';
import { hoverOver, stopHovering } from './workbench/hover.ts';
import { answerNotification, readNotification } from './workbench/notifications.ts';
import { statusBarItem } from './workbench/statusBar.ts';
import { expandRow, treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

/** A window without the focus looks each minute for logs to read, and another time for limits. */
const LEDGER_PATIENCE_MS = 150_000;
const GONE = 'Key Quota was updated or removed while this window was open. Reload the window.';

/** What users install loads most of itself late. `network.test.ts` uses what is not used here. */
describe('lazily loaded code', () => {
  const stage = useStage({
    packaged: true,
    fleet: { limits: 'off' },
    extensions: [join(import.meta.dirname, 'program')],
  });
  before(() => openViewContainer(stage().page, CONTAINER));
  afterEach(() => clearStage(stage()));

  for (const { kind } of gateways) {
    it(`reads what is left on a key of ${kind}, and shows it line by line`, async () => {
      const { fleet, pilot, page } = stage();
      const key = fleet.sampleKeys.find(each => each.kind === kind);
      assert.ok(key);
      const [id] = await addKeys(pilot, [key]);
      const [state] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
      assert.ok(state?.reading, state?.failure?.message);
      await expandRow(page, VIEW, key.label);
    });
  }

  it('shows what a key spent by its log and its readings, and how much of its limits', async () => {
    const { fleet, pilot, page } = stage();
    const [id] = await addKeys(pilot, [
      sampleKey(fleet, 'Cline – work'),
      sampleKey(fleet, 'Claude Code – home'),
    ]);
    const spent = await allShown(
      pilot,
      'what the key spent is known',
      keys => keys.some(key => key.spend),
      LEDGER_PATIENCE_MS,
    );
    const { spend } = spent.find(key => key.id === id) ?? {};
    assert.equal(spend?.days.length, 14);
    const hover = await hoverOver(page, statusBarItem(page, ITEM));
    await hover.getByText(/Spent: today .+ 7 days .+ this month/).waitFor();
    await hover
      // Without what is spent today, where nothing is known of it right after midnight.
      .getByText(/^(?!.*7 days).*this\smonth/)
      .first()
      .waitFor();
    await hover
      .getByAltText(/^Spent on each of 14 days, .* at most$/)
      .first()
      .waitFor();
    await picture(page, 'spend');
    await stopHovering(page);
    // The same key, since a log is read seldom.
    const command = 'keyQuota.setSpendingLimit';
    const ofKey = { key: id, period: 'month', amount: 1000 };
    assert.deepEqual(await pilot.command(command, ofKey), [{ ...ofKey, currency: 'USD' }]);
    const ofAll = { currency: 'USD', period: 'week', amount: 2000 };
    assert.deepEqual(await pilot.command(command, ofAll), [ofAll]);
    await allShown(
      pilot,
      'how much is spent is known',
      keys => keys.some(({ spendingLimits }) => spendingLimits?.[0]?.spent !== undefined),
      LEDGER_PATIENCE_MS,
    );
    await treeRow(page, VIEW, /Cline – work.+ of \$1,000\.00 this month/).waitFor();
    const again = await hoverOver(page, statusBarItem(page, ITEM));
    await again.getByText(/All Keys in USD: .+ of \$2,000\.00 this week/).waitFor();
    await again
      .getByText(/\sof\s\$1,000\.00\sthis\smonth/)
      .first()
      .waitFor();
    await picture(page, 'spending-limits');
    await stopHovering(page);
    assert.deepEqual(await pilot.command(command, { ...ofAll, amount: null }), []);
  }).timeout(400_000);

  it('verifies a gateway', async () => {
    const { fleet, pilot } = stage();
    const key = fleet.sampleKeys.find(each => each.credential === 'queryKey');
    assert.ok(key);
    const [id] = await addKeys(pilot, [key]);
    const order = { key: id, from: dayBefore(2), to: dayBefore(1) };
    const { steps } = await pilot.command<{ steps: readonly unknown[] }>('keyQuota.verifyGateway', order);
    assert.ok(steps.length > 0);
  });

  it('answers agents', async () => {
    const { fleet, pilot } = stage();
    await addKeys(pilot, [sampleKey(fleet, 'Cline – work')]);
    const left = await pilot.command<string>('program.useTool', 'keyQuota_getQuota', {});
    assert.equal((JSON.parse(left) as { summary: string }).summary, 'One key.');
    const spent = await pilot.command<string>('program.useTool', 'keyQuota_queryUsage', { range: 'today' });
    assert.ok(JSON.parse(spent));
  });

  it('opens a link', async () => {
    const { page, pilot } = stage();
    const query = new URLSearchParams({ kind: 'newApi', origin: 'https://gateway.example' });
    await pilot.follow(`code-oss://key-quota.key-quota/add?${query}`);
    await readDialog(page, 'Add a key for https://gateway.example?');
    await answerDialog(page, 'Add a key for', 'Cancel');
  });

  describe('when its files are gone', () => {
    let folder: string;
    const away = () => `${folder}-away`;

    before(async () => {
      const extensions = join(stage().server.dataFolder, 'extensions');
      const name = (await readdir(extensions)).find(each => each.startsWith('key-quota.key-quota-'));
      assert.ok(name);
      folder = join(extensions, name, 'dist');
    });

    it('asks to reload the window, with a button and without file names', async () => {
      const { page, pilot } = await stage().openAnother('outdated');
      // It answers once all has started.
      await pilot.command('program.useTool', 'keyQuota_getQuota', {});
      await rename(folder, away());
      try {
        await openViewContainer(page, CONTAINER);
        await assert.rejects(
          pilot.command('program.useTool', 'keyQuota_queryUsage', { range: 'today' }),
          ({ message }: Error) => {
            assert.ok(message.includes(GONE), message);
            assert.doesNotMatch(message, /Cannot find module/);
            return true;
          },
        );
        const { severity, buttons } = await readNotification(page, GONE);
        assert.equal(severity, 'error');
        assert.deepEqual(buttons, ['Reload Window']);
        await picture(page, 'files-gone');
      } finally {
        await rename(away(), folder);
      }
      await answerNotification(page, GONE, 'Reload Window');
      await page.close();
    });
  });
});
