import assert from 'node:assert/strict';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { CNY_SITE } from '../sampleGateways/siteStatus.ts';
import { addKey, keyShown, product, refreshed, run, shown } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

// An ordinary key of the sample gateway has 100,000 units left and 50,000 used; 500,000 units are a dollar.

describe('a key and its figures', () => {
  const gateway = useGateway();

  it('is added by argument and checked by itself', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ label: 'Cline', kind: 'newApi', origin, secret: secret('ok') });
    const state = await keyShown(id, 'the new key has a figure');
    assert.equal(state.label, 'Cline');
    assert.equal(state.kind, 'newApi');
    assert.equal(state.origin, origin);
    assert.equal(state.credential, 'apiKey');
    assert.equal(state.status, 'ok');
    assert.equal(state.failure, undefined);
    assert.equal(usageCalls(gateway()), 1);
  });

  it('has the figures of the gateway in dollars', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ kind: 'newApi', origin, secret: secret('ok') });
    const { reading } = await refreshed(id);
    assert.deepEqual(reading?.unit, { code: 'USD', source: 'gateway' });
    assert.deepEqual(reading?.quota, { unlimited: false, granted: 0.3, used: 0.1, remaining: 0.2 });
    assert.equal(reading?.expiresAt, null);
    assert.equal(reading?.models, null);
  });

  it('has them in yuan where the gateway counts in yuan', async () => {
    Object.assign(gateway().status, CNY_SITE);
    const { origin, secret } = gateway();
    const id = await addKey({ kind: 'newApi', origin, secret: secret('ok') });
    const { reading } = await refreshed(id);
    assert.deepEqual(reading?.unit, { code: 'CNY', source: 'gateway' });
    // 7.3 yuan a dollar.
    assert.deepEqual(reading?.quota, { unlimited: false, granted: 2.19, used: 0.73, remaining: 1.46 });
  });

  it('shows a change at the gateway after a refresh, and tells listeners', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ kind: 'newApi', origin, secret: secret('ok') });
    await keyShown(id, 'the new key has a figure');
    gateway().spend('ok', { quota: 75_000 });

    const told: (readonly KeyState[])[] = [];
    const api = await product();
    const listener = api.onDidChange(keys => told.push(keys));
    const state = await refreshed(id);
    listener.dispose();

    assert.deepEqual(state.reading?.quota, { unlimited: false, granted: 0.3, used: 0.25, remaining: 0.05 });
    // 5 of 30 cents are less than a fifth.
    assert.equal(state.status, 'low');
    assert.deepEqual(told.at(-1), [state]);
    assert.equal(api.snapshot(), told.at(-1), 'what listeners were told is what the API says');
  });

  it('answers a refresh without argument with all keys', async () => {
    const { origin, secret } = gateway();
    const first = await addKey({ label: 'a', kind: 'newApi', origin, secret: secret('ok') });
    const second = await addKey({ label: 'b', kind: 'newApi', origin, secret: secret('exhausted') });
    for (const command of ['refresh', 'refreshAll']) {
      const states = await run<KeyState[]>(command);
      assert.deepEqual(
        states.map(({ id, status }) => [id, status]),
        [
          [first, 'ok'],
          [second, 'exhausted'],
        ],
      );
    }
  });

  it('keeps the last good figure when the gateway fails', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ kind: 'newApi', origin, secret: secret('ok') });
    const before = await refreshed(id);
    gateway().setScenario('ok', 'db-500');
    const after = await refreshed(id);
    assert.deepEqual(after.reading, before.reading);
    assert.equal(after.failure?.class, 'transient');
    assert.match(after.failure?.message ?? '', /has a server error \(HTTP 500\)/);
  });

  it('says what is wrong with a key that is refused, and stops asking', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ label: 'Old', kind: 'newApi', origin, secret: secret('invalid-401') });
    const state = await keyShown(id, 'the key was refused', key => key.failure !== undefined);
    assert.equal(state.status, 'invalid');
    assert.match(state.failure?.message ?? '', /does not accept the key “Old”/);
    const restMs = Date.parse(state.nextCheckAt ?? '') - Date.parse(state.checkedAt ?? '');
    assert.ok(restMs >= 4 * 3_600_000, 'it is asked again hours later');
  });

  it('never holds a secret', async () => {
    const { origin } = gateway();
    const secrets = ['ok', 'invalid-401', 'message-markup'].map(handle => gateway().secret(handle));
    for (const secret of secrets) await addKey({ kind: 'newApi', origin, secret });
    const keys = await shown('all keys were asked about', all =>
      all.length === 3 && all.every(key => key.reading || key.failure) ? all : undefined,
    );
    const text = JSON.stringify([keys, await run('refresh')]);
    assert.match(text, /"status":"ok"/);
    for (const secret of secrets) {
      assert.ok(!text.includes(secret));
      assert.ok(!text.includes(secret.slice('sk-'.length)));
    }
  });
});
