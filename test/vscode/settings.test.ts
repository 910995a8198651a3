import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addKey, keyShown, refreshed } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

const MINUTE_MS = 60_000;

describe('settings', () => {
  const gateway = useGateway();
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('keyQuota').update(name, value, vscode.ConfigurationTarget.Global);
  const addOne = async () => {
    const { origin, secret } = gateway();
    return refreshed(await addKey({ kind: 'newApi', origin, secret: secret('ok') }));
  };

  afterEach(async () => {
    for (const name of ['lowPercent', 'pollMinutes', 'gateways']) await set(name, undefined);
  });

  it('lowPercent takes effect at once', async () => {
    const { id, status } = await addOne();
    assert.equal(status, 'ok');
    const calls = usageCalls(gateway());
    // Two thirds are left.
    await set('lowPercent', 66);
    await set('lowPercent', 67);
    await keyShown(id, 'the key is low', key => key.status === 'low');
    await set('lowPercent', 66);
    await keyShown(id, 'the key is ok again', key => key.status === 'ok');
    assert.equal(usageCalls(gateway()), calls, 'the gateway was asked about that');
  });

  it('pollMinutes takes effect at once', async () => {
    // The whole of what is ours of a site that was never asked before.
    await set('gateways', { [gateway().origin]: { share: 1 } });
    await set('pollMinutes', 600);
    const { id, checkedAt, nextCheckAt } = await addOne();
    const distance = (next: string | undefined) => Date.parse(next ?? '') - Date.parse(checkedAt ?? '');
    // Up to a tenth earlier or later, so that checks do not fall together.
    assert.ok(distance(nextCheckAt) >= 540 * MINUTE_MS);
    await set('pollMinutes', 10);
    const sooner = await keyShown(id, 'the next check is sooner', key => key.nextCheckAt !== nextCheckAt);
    assert.equal(distance(sooner.nextCheckAt), 10 * MINUTE_MS);
  });

  it('the unit of a gateway takes effect at once, and its own unit again afterwards', async () => {
    const { id } = await addOne();
    const { origin } = gateway();
    await set('gateways', { [`${origin}/v1/`]: { unit: 'CNY' } });
    const inYuan = await keyShown(id, 'the figure is in yuan', key => key.reading?.unit.code === 'CNY');
    assert.equal(inYuan.reading?.unit.source, 'setting');
    // 0.2 dollars at the gateway's 7.3 yuan.
    assert.equal(inYuan.reading?.quota?.remaining, 1.46);

    await set('gateways', { [origin]: { unitsPerDollar: 1_000_000 } });
    const halved = await keyShown(id, 'the figure is halved', key => key.reading?.quota?.remaining === 0.1);
    assert.deepEqual(halved.reading?.unit, { code: 'USD', source: 'setting' });

    await set('gateways', {});
    const back = await keyShown(id, 'it is as before', key => key.reading?.unit.source === 'gateway');
    assert.equal(back.reading?.quota?.remaining, 0.2);
  });
});
