import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { CountedReading } from '../../../../src/core/quota/reading.ts';
import { confirmUsable } from '../../../../src/gateways/newApi/confirmUsable.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { empty, json, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { at, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

const BILLING = '/v1/dashboard/billing/subscription';
const refusal = (status: number, message: string) =>
  json(status, { error: { code: '', message: `${message} (request id: 2026)`, type: 'new_api_error' } });

/** What billing says of a key whose figures look healthy, and what the key is then. */
const TOLD: Readonly<Record<string, readonly [Reply, string]>> = {
  'that it is disabled': [refusal(401, '该令牌状态不可用'), 'disabled'],
  'that it is disabled, in the one sentence of newer versions': [refusal(401, 'Invalid token'), 'disabled'],
  'that it is used up all the same': [
    refusal(401, '该令牌额度已用尽 TokenStatusExhausted[sk-abc***xyz]'),
    'exhausted',
  ],
  'that its database is down': [refusal(401, '无效的令牌，数据库查询出错，请联系管理员'), 'ok'],
  'that it knows no such key, as while its table is locked': [refusal(401, '无效的令牌'), 'ok'],
  'that it is overloaded': [empty(503), 'ok'],
  'that we ask too often': [empty(429), 'ok'],
  'that there is no such page': [json(404, { error: { message: `Invalid URL (GET ${BILLING})` } }), 'ok'],
};

describe('a key with healthy figures that is refused where it is used', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const asked = () => setup.gateway.callsOf({ path: BILLING }).length;

  for (const [name, [reply, status]] of Object.entries(TOLD)) {
    it(`billing says ${name}: ${status}`, async () => {
      setup = await TestSetup.open();
      setup.gateway.setReply(`GET ${BILLING}`, reply);
      const id = await setup.testWindow.keyService.add(setup.key('ok'));
      const state = await setup.testWindow.refreshKey(id);
      assert.equal(state.status, status);
      if (status === 'ok') assert.equal(state.reading?.quota?.remaining, 0.2);
    });
  }

  for (const scenario of ['ip-restricted', 'expires-db-0'] as const) {
    it(`${scenario} is not usable, whatever its figures say`, async () => {
      setup = await TestSetup.open();
      const state = await setup.testWindow.refreshKey(
        await setup.testWindow.keyService.add(setup.key(scenario)),
      );
      assert.notEqual(state.status, 'ok');
      assert.ok(state.failure);
    });
  }

  it('is asked about once in half an hour, and found then', async () => {
    setup = await TestSetup.open({ settings: BILLS_ACCOUNT });
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.refreshKey(id);
    setup.clock.jump(20 * MINUTE);
    await setup.testWindow.refreshKey(id);
    assert.equal(asked(), 1);
    setup.gateway.setReply(`GET ${BILLING}`, refusal(401, '该令牌状态不可用'));
    setup.clock.jump(11 * MINUTE);
    await setup.testWindow.refreshKey(id);
    assert.equal(asked(), 2);
    assert.ok(setup.testWindow.keyState(id).failure);
  });

  for (const handle of ['exhausted', 'expired'] as const) {
    it(`a key that is ${handle} by its own figures needs no second word`, async () => {
      setup = await TestSetup.open();
      await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key(handle)));
      assert.equal(asked(), 0);
    });
  }
});

describe('whether a key is looked at a second time', () => {
  interface Seen {
    readonly lineage?: string;
    /** When billing last let the key through, from now. */
    readonly usable?: number;
    /** By how much our clock was ahead of the gateway's. */
    readonly aheadMs?: number;
    readonly reading?: Partial<CountedReading>;
  }

  /** How often billing is asked, and since when the key is known to be usable then. */
  async function look(seen: Seen) {
    const { lineage = 'newApi', usable, aheadMs, reading: more = { quota: quota(15, 20) } } = seen;
    let calls = 0;
    const before = reading({
      clockAheadMs: aheadMs,
      usableAt: usable === undefined ? undefined : at(usable),
    });
    const context = {
      site: { lineage },
      now: () => NOW,
      lastReading: before,
      sendRequest: async () => {
        calls++;
        return {
          status: 200,
          headers: new Headers(),
          text: JSON.stringify({ object: 'billing_subscription' }),
        };
      },
    } as unknown as Parameters<typeof confirmUsable>[0];
    const { usableAt } = await confirmUsable(context, reading(more));
    return [calls, usableAt] as const;
  }

  const CASES: readonly [what: string, seen: Seen, calls: number, usableAt: string | undefined][] = [
    ['was never looked at', {}, 1, at(0)],
    ['was let through just now', { usable: 0 }, 0, at(0)],
    ['was let through less than half an hour ago', { usable: 1 - 30 * MINUTE }, 0, at(1 - 30 * MINUTE)],
    ['was let through half an hour ago', { usable: -30 * MINUTE }, 1, at(0)],
    ['was let through at a time that a clock put back has made the future', { usable: 1 }, 1, at(0)],
    ['stands at a site of another lineage', { lineage: 'oneApi' }, 0, undefined],
    ['stands at a relative', { lineage: 'veloera' }, 0, undefined],
    ['has no limit', { reading: { quota: { unlimited: true } } }, 1, at(0)],
    ['has nothing left', { reading: { quota: quota(0, 20) } }, 0, undefined],
    ['does not tell what is left', { reading: { quota: { unlimited: false } } }, 0, undefined],
    ['has no quota of its own', { reading: {} }, 0, undefined],
    ['ends now', { reading: { quota: quota(15, 20), expiresAt: at(0) } }, 0, undefined],
    [
      'ends in ten minutes, of which clocks may differ',
      { reading: { quota: quota(15, 20), expiresAt: at(10 * MINUTE) } },
      0,
      undefined,
    ],
    ['ends a moment later', { reading: { quota: quota(15, 20), expiresAt: at(10 * MINUTE + 1) } }, 1, at(0)],
    [
      'has ended by the gateway’s clock, which is an hour ahead',
      { aheadMs: -HOUR, reading: { quota: quota(15, 20), expiresAt: at(HOUR) } },
      0,
      undefined,
    ],
    ['ends in an hour', { reading: { quota: quota(15, 20), expiresAt: at(HOUR) } }, 1, at(0)],
  ];
  for (const [what, seen, calls, usableAt] of CASES) {
    it(`${calls ? 'yes' : 'no'}, when it ${what}`, async () =>
      assert.deepEqual(await look(seen), [calls, usableAt]));
  }

  it('ends with an error that is not the gateway’s', async () => {
    const context = {
      site: { lineage: 'newApi' },
      now: () => NOW,
      sendRequest: async () => {
        throw new TypeError('a fault of ours');
      },
    } as unknown as Parameters<typeof confirmUsable>[0];
    await assert.rejects(confirmUsable(context, reading({ quota: quota(15, 20) })), /a fault of ours/);
  });

  /** What billing's refusal makes of a key with quota: “disabled”, or nothing. */
  async function refusedWith(status: number, body: object) {
    const context = {
      site: { lineage: 'newApi' },
      now: () => NOW,
      sendRequest: async () => ({ status, headers: new Headers(), text: JSON.stringify(body) }),
    } as unknown as Parameters<typeof confirmUsable>[0];
    try {
      const { usableAt } = await confirmUsable(context, reading({ quota: quota(15, 20) }));
      return usableAt === undefined ? 'left open' : 'usable';
    } catch (error) {
      return String(error);
    }
  }

  it('is disabled by the gateway’s own “Invalid token”, and by nobody else’s', async () => {
    const own = { error: { message: 'Invalid token (request id: 2026)', type: 'new_api_error' } };
    assert.match(await refusedWith(401, own), /disabled: key-disabled/);
    for (const status of [400, 403, 404]) assert.equal(await refusedWith(status, own), 'left open');
    for (const body of [
      { error: 'Invalid token' },
      { success: false, message: 'Invalid token' },
      { error: { message: 'Invalid token', type: 'proxy' } },
      { error: { message: 'Invalid token of the proxy', type: 'new_api_error' } },
    ])
      assert.equal(await refusedWith(401, body), 'left open', JSON.stringify(body));
  });
});
