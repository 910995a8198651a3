import assert from 'node:assert/strict';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import type { StageWindow } from '../host/stage.ts';
import { until } from '../host/until.ts';
import { endExtensionHost } from './support/extensionHost.ts';
import { picture } from './support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, removeAllKeys, sampleKey, VIEW } from './support/product.ts';
import { makeDue } from './support/sharedStore.ts';
import { useStage } from './support/stageInUse.ts';
import { statusBarItem } from './workbench/statusBar.ts';
import { treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

// In a browser, each window has a SecretStorage of its own: what one window stores, the other cannot read.

describe('two windows', () => {
  const stage = useStage();
  const key = () => sampleKey(stage().fleet, 'Cline – work');
  /** The calls that count against the tight limiter; billing tells the account’s figures, so that keys are read there. */
  const calls = () =>
    stage().fleet.gateways.newApi.callsOf({ path: '/api/usage/token/', key: 'cline-work' }).length;
  const figureIn = ({ page }: StageWindow, figure: string) =>
    statusBarItem(page, ITEM)
      .filter({ hasText: `Cline – work · ${figure}` })
      .waitFor();
  let second: StageWindow;

  before(async () => {
    const gateway = stage().fleet.gateways.newApi;
    gateway.settings.displayTokenStat = false;
    // The whole of what is ours of a site that was never asked before.
    await stage().pilot.setting('keyQuota.gateways', { [gateway.origin]: { share: 1 } });
    second = await stage().openAnother('second');
    await openViewContainer(stage().page, CONTAINER);
    await openViewContainer(second.page, CONTAINER);
  });
  afterEach(() => removeAllKeys(stage()));

  it('show a key that was added in the other, without a request', async () => {
    const before = calls();
    const [id] = await addKeys(stage().pilot, [key()]);
    await figureIn(second, '$18.42');
    await treeRow(second.page, VIEW, 'Cline – work').filter({ hasText: '$18.42' }).waitFor();
    await picture(second.page, 'second-window');
    const [state] = await second.pilot.snapshot<KeyState>();
    assert.equal(state?.id, id);
    assert.equal(state?.status, 'ok', 'the secret that this window lacks is the other’s business');
    assert.equal(calls(), before + 1);
  });

  it('show what the other has read, renamed or removed', async () => {
    const { pilot, fleet } = stage();
    const [id] = await addKeys(pilot, [key()]);
    await figureIn(second, '$18.42');
    fleet.gateways.newApi.spend('cline-work', { quota: 1_210_000 });
    await pilot.command('keyQuota.refresh', id);
    await figureIn(second, '$16.00');
    fleet.gateways.newApi.refund('cline-work', { quota: 1_210_000 });
    await second.pilot.command('keyQuota.renameKey', { id, label: 'renamed there' });
    await statusBarItem(stage().page, ITEM).filter({ hasText: 'renamed there' }).waitFor();
    await second.pilot.command('keyQuota.removeKey', { id, confirmed: true });
    await allShown(pilot, 'the key is gone here', keys => keys.length === 0);
    await statusBarItem(stage().page, ITEM).filter({ hasText: 'Add API key' }).waitFor();
  });

  it('ask only once about a key that both have', async () => {
    const { pilot, fleet } = stage();
    const before = calls();
    const [id = ''] = await addKeys(pilot, [key()]);
    await figureIn(second, '$18.42');
    // Entered there as well, it is the same key.
    assert.deepEqual(await addKeys(second.pilot, [key()]), [id]);
    await until('the window has asked with its own secret', PATIENCE_MS, () => calls() === before + 2);

    // $16.00 left of $25.00, but not before the answer is let go.
    const gateway = fleet.gateways.newApi;
    gateway.setReply('GET /api/usage/token/', {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"code":true,"data":{"total_granted":12500000,"total_used":4500000,"total_available":8000000}}',
      delivery: { how: 'holdHeaders' },
    });
    const due = makeDue(stage(), id);
    for (const window of [stage(), second]) {
      await allShown(window.pilot, 'the window knows that the key is due', ([state]) => {
        return state?.nextCheckAt === due;
      });
    }
    await until('one of them asks', PATIENCE_MS, () => gateway.holds.size > 0);
    gateway.setReply('GET /api/usage/token/', undefined);
    gateway.holds.release();
    await figureIn(stage(), '$16.00');
    await figureIn(second, '$16.00');
    assert.equal(calls(), before + 3);
  });

  it('go on asking once when the other is closed', async () => {
    const { pilot, fleet } = stage();
    const before = calls();
    const [id = ''] = await addKeys(pilot, [key()]);
    await addKeys(second.pilot, [key()]);
    await until('the window has asked with its own secret', PATIENCE_MS, () => calls() === before + 2);
    await second.page.close();
    await endExtensionHost(stage(), 'second');
    // $17.00 left of $25.00.
    fleet.gateways.newApi.setReply('GET /api/usage/token/', {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"code":true,"data":{"total_granted":12500000,"total_used":4000000,"total_available":8500000}}',
    });
    makeDue(stage(), id);
    await figureIn(stage(), '$17.00');
    assert.equal(calls(), before + 3);
    fleet.gateways.newApi.setReply('GET /api/usage/token/', undefined);
  });
});
