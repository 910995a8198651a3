import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { managementKeyId } from '../../sampleGateways/sampleKeys.ts';
import type { Scenario } from '../../sampleGateways/scenarios/scenario.ts';
import type { CheapestSettings } from '../../sampleGateways/settings.ts';
import { json, plainJson } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';

const ENVELOPES = ['bare', 'success'] as const;

describe('all keys of a CheapestInference account, /api/usage', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const open = async (keys: Record<string, Scenario>, cheapest: Partial<CheapestSettings> = {}) => {
    const settings = { cheapest: { usageEnvelope: 'success', plansEnvelope: 'bare', ...cheapest } } as const;
    setup = await TestSetup.open({ kind: 'cheapestInference', settings, accounts: [{ name: 'team', keys }] });
    return setup.gateway;
  };
  const list = async () => (await setup.read(setup.account('team'))).accountKeys ?? [];

  for (const usageEnvelope of ENVELOPES) {
    it(`counts four periods to the second, ${usageEnvelope} form`, async () => {
      const gateway = await open({ alice: { holds: { name: 'user-alice' } } }, { usageEnvelope });
      const now = setup.clock.now() / 1000;
      const hours = [0.5, 1, 20, 24, 100, 168, 500, 720, 721];
      hours.forEach((ago, i) => {
        const tokens = { promptTokens: 10 ** i, completionTokens: 10 ** i };
        gateway.spend('alice', { at: now - ago * 3600, quota: 10, ...tokens });
      });
      const [alice] = await list();
      assert.deepEqual(alice?.periods, [
        { period: '1h', requests: 2, tokens: 22 },
        { period: '24h', requests: 4, tokens: 2_222 },
        { period: '7d', requests: 6, tokens: 222_222 },
        { period: '30d', requests: 8, tokens: 22_222_222 },
      ]);
      assert.deepEqual([alice?.name, alice?.enabled], ['user-alice', true]);
    });

    it(`asks about one key, ${usageEnvelope} form`, async () => {
      await open({ alice: {}, bob: { holds: { name: 'user-bob' } } }, { usageEnvelope });
      const id = managementKeyId(setup.gateway, 'bob');
      const bob = await setup.ask(setup.account('team'), 'accountKey', (gateway, context) =>
        gateway.readAccountKey?.(context, id),
      );
      assert.deepEqual([bob.id, bob.name, bob.periods?.length], [id, 'user-bob', 4]);
    });

    it(`takes a list without keys, ${usageEnvelope} form`, async () => {
      const gateway = await open({ alice: {} }, { usageEnvelope });
      gateway.account('team').listsKeys = false;
      assert.deepEqual(await list(), []);
    });
  }

  it('keeps keys apart that share a name or have none, and tells which are off', async () => {
    await open({
      a: { holds: { name: 'shared' } },
      b: { holds: { name: 'shared', status: 'disabled' } },
      c: { holds: { name: '' } },
    });
    assert.deepEqual(
      (await list()).map(({ name, enabled }) => [name, enabled]),
      [
        ['shared', true],
        ['shared', false],
        ['', true],
      ],
    );
  });

  it('takes keys whose members are missing, null or odd, and asks about none by an odd id', async () => {
    const gateway = await open({});
    const data = [
      { id: '../plans', name: null, isActive: 'true', usage: { last1h: null, last7d: { requests: '3' } } },
      { id: 7, name: 'no usage', usage: null, subscription: { expiresAt: 'soon' } },
      null,
      'key',
    ];
    gateway.setReply('GET /api/usage', plainJson(200, { success: true, data }));
    assert.deepEqual(JSON.parse(JSON.stringify(await list())), [
      { name: '', enabled: true, periods: [{ period: '7d', requests: 3 }] },
      { name: 'no usage', periods: [] },
    ]);
  });

  for (const [name, reply, failure] of [
    ['a bare list that was cut', { status: 200, body: '[{"id":"a"' }, 'unexpected: not-json'],
    ['a bare list beside an error', json(500, []), 'transient: server-error'],
    [
      'an object in place of a list',
      plainJson(200, { success: true, data: {} }),
      'unexpected: missing-figures',
    ],
    ['a refusal inside 200', plainJson(200, { success: false, data: [] }), 'transient: unknown-refusal'],
    ['a wrong key', plainJson(401, { success: false, error: 'Invalid API key' }), 'bad-key: refused-key'],
    ['a web page', { status: 200, body: '<!doctype html>' }, 'unexpected: html'],
  ] as const) {
    it(`${name} is ${failure}`, async () => {
      const gateway = await open({});
      gateway.setReply('GET /api/usage', reply);
      const { class: failed, reason } = await setup.failure(setup.account('team'));
      assert.equal(`${failed}: ${reason}`, failure);
    });
  }
});

describe('the plans of CheapestInference, /api/plans', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const plans = () =>
    setup.ask(setup.key('ok'), 'plans', (gateway, context) => gateway.readPlans?.(context.sendRequest));

  for (const plansEnvelope of ENVELOPES) {
    it(`have prices and limits, ${plansEnvelope} form`, async () => {
      const settings = { cheapest: { usageEnvelope: 'success', plansEnvelope } } as const;
      setup = await TestSetup.open({ kind: 'cheapestInference', settings });
      assert.deepEqual(await plans(), [
        { slug: 'standard', name: 'Standard', price: 20, rpm: 60, tpm: 3333 },
        { slug: 'pro', name: 'Pro', price: 60, rpm: 200, tpm: 13_333 },
      ]);
      assert.equal(setup.gateway.calls[0]?.carriedSecret, false);
    });
  }

  it('may lack anything but what they are called', async () => {
    setup = await TestSetup.open({ kind: 'cheapestInference' });
    const wire = [{ slug: 'free', priceUsdc: 0 }, { slug: 'x', priceUsdc: 'ask', rateLimits: null }, {}, 7];
    setup.gateway.setReply('GET /api/plans', plainJson(200, wire));
    assert.deepEqual(JSON.parse(JSON.stringify(await plans())), [
      { slug: 'free', name: 'free', price: 0 },
      { slug: 'x', name: 'x' },
    ]);
  });
});
