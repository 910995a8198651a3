import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { empty, json, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { Desk } from '../../support/desk.ts';
import { MINUTE } from '../../support/samples.ts';

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
  let desk: Desk;
  afterEach(() => desk.close());

  const asked = () => desk.gateway.callsOf({ path: BILLING }).length;

  for (const [name, [reply, status]] of Object.entries(TOLD)) {
    it(`billing says ${name}: ${status}`, async () => {
      desk = await Desk.open();
      desk.gateway.setReply(`GET ${BILLING}`, reply);
      const id = await desk.world.keyService.add(desk.key('ok'));
      const state = await desk.world.refreshed(id);
      assert.equal(state.status, status);
      if (status === 'ok') assert.equal(state.reading?.quota?.remaining, 0.2);
    });
  }

  for (const scenario of ['ip-restricted', 'expires-db-0'] as const) {
    it(`${scenario} is not usable, whatever its figures say`, async () => {
      desk = await Desk.open();
      const state = await desk.world.refreshed(await desk.world.keyService.add(desk.key(scenario)));
      assert.notEqual(state.status, 'ok');
      assert.ok(state.failure);
    });
  }

  it('is asked about once in half an hour, and found then', async () => {
    desk = await Desk.open();
    const id = await desk.world.keyService.add(desk.key('ok'));
    await desk.world.refreshed(id);
    desk.clock.jump(20 * MINUTE);
    await desk.world.refreshed(id);
    assert.equal(asked(), 1);
    desk.gateway.setReply(`GET ${BILLING}`, refusal(401, '该令牌状态不可用'));
    desk.clock.jump(11 * MINUTE);
    await desk.world.refreshed(id);
    assert.equal(asked(), 2);
    assert.ok(desk.world.state(id).failure);
  });

  for (const handle of ['exhausted', 'expired'] as const) {
    it(`a key that is ${handle} by its own figures needs no second word`, async () => {
      desk = await Desk.open();
      await desk.world.refreshed(await desk.world.keyService.add(desk.key(handle)));
      assert.equal(asked(), 0);
    });
  }
});
