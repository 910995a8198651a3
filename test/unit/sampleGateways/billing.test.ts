import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { CNY_SITE, CUSTOM_SITE, TOKENS_SITE } from '../../sampleGateways/siteStatus.ts';
import { ask, askJson, bearer } from './ask.ts';

interface Subscription {
  hard_limit_usd: number;
  access_until: number;
}

describe('sample gateway: billing endpoints', () => {
  let gateway: SampleGateway;
  afterEach(() => gateway.close());

  // 100 000 of 150 000 units left: $0.30 granted, $0.10 used.
  async function figures(options: GatewayOptions, key = 'ok'): Promise<[number, number]> {
    gateway = await startSampleGateway(options);
    const headers = bearer(gateway.secret(key));
    const limit = await askJson<Subscription>(gateway.origin, '/v1/dashboard/billing/subscription', headers);
    const usage = await askJson<{ total_usage: number }>(gateway.origin, '/dashboard/billing/usage', headers);
    return [limit.hard_limit_usd, usage.total_usage];
  }

  it('speaks dollars and cents', async () => assert.deepEqual(await figures({}), [0.3, 10]));

  it('speaks CNY under the names of dollars', async () => {
    const [limit, usage] = await figures({ status: CNY_SITE });
    assert.equal(limit.toFixed(6), '2.190000');
    assert.equal(usage.toFixed(6), '73.000000');
  });

  it('speaks raw units', async () => {
    assert.deepEqual(await figures({ status: TOKENS_SITE }), [150_000, 5_000_000]);
  });

  it('falls back to dollars for a custom currency', async () => {
    assert.deepEqual(await figures({ status: CUSTOM_SITE }), [0.3, 10]);
  });

  it('says 100000000 for an unlimited key', async () => {
    assert.deepEqual(await figures({}, 'unlimited-negative'), [100_000_000, 150.52]);
  });

  it('tells about the account when keys are not shown', async () => {
    const options = { settings: { displayTokenStat: false } };
    assert.deepEqual(await figures(options, 'unlimited-negative'), [10, 0]);
  });

  it('writes members in the order of the source', async () => {
    gateway = await startSampleGateway();
    const answer = await ask(gateway.origin, '/dashboard/billing/subscription', bearer(gateway.secret('ok')));
    assert.equal(
      answer.text,
      '{"object":"billing_subscription","has_payment_method":true,"soft_limit_usd":0.3,"hard_limit_usd":0.3,' +
        '"system_hard_limit_usd":0.3,"access_until":0}',
    );
  });

  for (const [version, text] of [
    ['v1.0.0-rc.24', 'Invalid token'],
    ['v0.10.8', '该令牌已过期'],
    ['one-api', '该令牌已过期'],
  ] as const) {
    it(`refuses an expired key on ${version}`, async () => {
      gateway = await startSampleGateway({ version });
      const answer = await ask(gateway.origin, '/dashboard/billing/usage', bearer(gateway.secret('expired')));
      assert.equal(answer.status, 401);
      assert.ok(answer.text.includes(text));
    });
  }

  it('makes the mistake of One API: account mode forgets what was used', async () => {
    gateway = await startSampleGateway({
      kind: 'oneApi',
      settings: { displayTokenStat: false },
      scenarios: { a: { holds: { remain: 5_000_000 } } },
    });
    gateway.spend('a', { quota: 1_000_000 });
    const limit = await askJson<Subscription>(
      gateway.origin,
      '/dashboard/billing/subscription',
      bearer(gateway.secret('a')),
    );
    assert.equal(limit.hard_limit_usd, 8);
  });
});
