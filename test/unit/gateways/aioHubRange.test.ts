import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { AioHubSettings } from '../../sampleGateways/settings.ts';
import { CNY_SITE, CUSTOM_SITE, type SiteStatus, TOKENS_SITE } from '../../sampleGateways/siteStatus.ts';
import type { KeyHoldings } from '../../sampleGateways/state/keyState.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { keyUsage } from './asking.ts';
import { JUNE, june } from './fixture.ts';

describe('AIOHub’s exact sum of a range', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const open = async (holds: Partial<KeyHoldings> = {}, status: SiteStatus = {}, aioHub?: AioHubSettings) => {
    const settings = aioHub && { settings: { aioHub } };
    setup = await TestSetup.open({ kind: 'aioHub', status, scenarios: { it: { holds } }, ...settings });
    return setup.gateway;
  };

  it('asks in whole seconds, both ends included', async () => {
    const gateway = await open();
    const [first, last] = [june(4, 10), june(4, 11)];
    for (const at of [first - 1, first, last, last + 1]) gateway.spend('it', { at, quota: 500_000 });
    const { total } = await keyUsage(setup, 'it', { from: first * 1000, to: last * 1000 + 999 });
    assert.equal(total?.used, 2);
    assert.deepEqual(setup.calls, [`GET /api/usage/token/?start_timestamp=${first}&end_timestamp=${last}`]);
  });

  for (const [name, status, used] of [
    ['one unit in dollars', {}, 0.000002],
    ['one unit in yuan, rounded to six decimals', CNY_SITE, 0.000015],
    ['one unit in roubles', CUSTOM_SITE, 0.000185],
    ['one unit in tokens', TOKENS_SITE, 1],
  ] as const) {
    it(`is exact: ${name}`, async () => {
      const gateway = await open({}, status);
      gateway.spend('it', { at: june(4), quota: 1 });
      assert.equal((await keyUsage(setup, 'it')).total?.used, used);
    });
  }

  it('agrees with the gateway’s books to the unit', async () => {
    const gateway = await open();
    for (let day = 1; day <= 14; day++) gateway.spend('it', { at: june(day), quota: 7_919 * day });
    assert.equal(gateway.ledger.sum().quota, 831_495);
    assert.equal((await keyUsage(setup, 'it')).total?.used, 1.66299);
  });

  it('a range without usage is a true zero', async () => {
    await open();
    const { total, coverage, source } = await keyUsage(setup, 'it');
    assert.deepEqual([total?.used, source], [0, 'gateway']);
    assert.deepEqual(coverage, {
      complete: true,
      from: new Date(JUNE.from).toISOString(),
      to: '2026-06-15T12:00:00.000Z',
    });
  });

  for (const totalsWithRange of [true, false]) {
    it(`comes ${totalsWithRange ? 'with' : 'without'} the totals beside it`, async () => {
      const gateway = await open({}, {}, { totalsWithRange, badRangeStatus: 400 });
      gateway.spend('it', { at: june(4), quota: 500_000 });
      assert.equal((await keyUsage(setup, 'it')).total?.used, 1);
    });
  }

  it('is told to a key that is used up', async () => {
    const gateway = await open({ remain: 0, used: 0, status: 'exhausted' });
    gateway.spend('it', { at: june(4), quota: 500_000 });
    assert.equal((await keyUsage(setup, 'it')).total?.used, 1);
  });

  for (const [name, holds, failure] of [
    ['disabled', { status: 'disabled' }, /disabled: key-disabled/],
    ['expired', { expiresAt: 1_748_736_000 }, /expired: past-expiry/],
  ] as const) {
    it(`is not told to a key that is ${name}, and neither is its quota`, async () => {
      await open(holds);
      await assert.rejects(keyUsage(setup, 'it'), failure);
      assert.match(Object.values(await setup.failure(setup.key('it'))).join(': '), failure);
    });
  }

  for (const [name, data, expected] of [
    ['text', { range_used: '0.15' }, 0.15],
    ['null', { range_used: null }, undefined],
    ['absent', { total_used: 3 }, undefined],
    ['a word', { range_used: 'much' }, undefined],
    ['below 0', { range_used: -1 }, undefined],
  ] as const) {
    it(`that is ${name} is ${expected ?? 'no answer, never a zero'}`, async () => {
      const gateway = await open();
      gateway.setReply('GET /api/usage/token/', json(200, { success: true, message: 'ok', data }));
      const asked = keyUsage(setup, 'it');
      if (expected === undefined) await assert.rejects(asked, /unexpected: missing-figures/);
      else assert.equal((await asked).total?.used, expected);
    });
  }

  it('refused all the same says nothing about the key', async () => {
    const gateway = await open();
    gateway.setReply('GET /api/usage/token/', json(400, { success: false, message: 'range too long' }));
    await assert.rejects(keyUsage(setup, 'it'), {
      failure: { class: 'unexpected', reason: 'refused-request', status: 400, words: 'range too long' },
    });
  });
});
