import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { manualClock } from '../../sampleGateways/clock.ts';
import { managementKeyId } from '../../sampleGateways/sampleKeys.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ask, askJson, bearer } from './ask.ts';

describe('sample gateway: CheapestInference', () => {
  let gateway: SampleGateway;
  afterEach(() => gateway.close());

  const usage = (key: string) => ask(gateway.origin, '/v1/usage', bearer(gateway.secret(key)));

  it('gives the example of the documents', async () => {
    gateway = await startSampleGateway({ kind: 'cheapestInference' });
    assert.match(gateway.secret('ok'), /^sk_live_/);
    assert.deepEqual(JSON.parse((await usage('ok')).text), {
      budget: { spent: 1.23, limit: 10, duration: '30d', resets_at: '2100-02-15T10:00:00.000Z' },
      rate_limits: { rpm: 60, tpm: 3333 },
      plan: { slug: 'standard', status: 'active', expires_at: '2100-02-15T10:00:00.000Z' },
      credits: { balance: 5 },
      key: { name: 'prod-key', type: 'subscription', created_at: '2026-01-15T10:00:00.000Z' },
    });
  });

  for (const [key, status] of [
    ['deactivated', 403],
    ['not-found-404', 404],
    ['limited-429', 429],
    ['unavailable-502', 502],
    ['credit', 200],
  ] as const) {
    it(`answers ${status} to ${key}`, async () => {
      gateway = await startSampleGateway({ kind: 'cheapestInference' });
      assert.equal((await usage(key)).status, status);
    });
  }

  it('answers 401 without the right key, 402 on paths for models, 404 elsewhere', async () => {
    gateway = await startSampleGateway({ kind: 'cheapestInference' });
    const status = async (path: string, headers = {}) => (await ask(gateway.origin, path, headers)).status;
    assert.equal(await status('/v1/usage'), 401);
    assert.equal(await status('/v1/usage', bearer(gateway.account('ok').managementKey)), 401);
    assert.equal(await status('/api/usage', bearer(gateway.secret('ok'))), 401);
    assert.equal(await status('/v1/chat/completions'), 402);
    assert.equal(await status('/api/status'), 404);
  });

  it('lists all keys 12 times in 12 hours, and one key as often as asked', async () => {
    const clock = manualClock();
    const accounts = [{ name: 'team', keys: { alice: { holds: { name: 'user-alice' } }, bob: {} } }];
    gateway = await startSampleGateway({
      kind: 'cheapestInference',
      accounts,
      clock: clock.now,
      limits: 'real',
    });
    gateway.spend('alice', {
      quota: 10,
      promptTokens: 700,
      completionTokens: 40,
      at: clock.now() / 1000 - 1800,
    });
    gateway.spend('alice', {
      quota: 10,
      promptTokens: 50,
      completionTokens: 5,
      at: clock.now() / 1000 - 7200,
    });
    const manager = bearer(gateway.account('team').managementKey);
    const list = () => ask(gateway.origin, '/api/usage', manager);
    const body = JSON.parse((await list()).text) as {
      success: boolean;
      data: { usage: Record<string, unknown> }[];
    };
    assert.equal(body.success, true);
    assert.equal(body.data.length, 2);
    assert.deepEqual(body.data[0]?.usage.last1h, {
      requests: 1,
      promptTokens: 700,
      completionTokens: 40,
      tokens: 740,
    });
    for (let i = 0; i < 11; i++) assert.equal((await list()).status, 200);
    assert.equal((await list()).status, 429);
    clock.advance(12 * 3_600_000);
    assert.equal((await list()).status, 200);
    const one = `/api/usage/${managementKeyId(gateway, 'alice')}`;
    assert.equal(
      (await askJson<{ data: { name: string } }>(gateway.origin, one, manager)).data.name,
      'user-alice',
    );
    assert.equal((await ask(gateway.origin, '/api/usage/nobody', manager)).status, 404);
  });

  it('shows its plans to anybody', async () => {
    gateway = await startSampleGateway({ kind: 'cheapestInference', scenarios: 'none' });
    const plans = await askJson<{ priceUsdc: string }[]>(gateway.origin, '/api/plans');
    assert.deepEqual(
      plans.map(plan => plan.priceUsdc),
      ['20', '60'],
    );
  });
});
