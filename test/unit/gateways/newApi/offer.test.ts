import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { listedReading } from '../../../../src/core/quota/listedReading.ts';
import { accountKeyOf, parseListedToken } from '../../../../src/gateways/newApi/listedToken.ts';
import { modelPriceText } from '../../../../src/text/modelPrice.ts';
import { askOffers } from '../../../../src/vscode/commands/keys/askOffers.ts';
import { capturedBody } from '../../../replay/replayServer.ts';
import { CNY_SITE } from '../../../sampleGateways/siteStatus.ts';
import { json, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { HOUR, NOW, reading } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { TEAM } from '../fixture.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const MODELS = 'GET /v1/models';
const PRICES = 'GET /api/pricing';

describe('what a New API site offers', () => {
  let setup: TestSetup;
  let keys: readonly KeyState[];
  const open = async (...[options]: Parameters<typeof TestSetup.open>) => {
    setup = await TestSetup.open({ accounts: [TEAM], ...options });
    const added = [];
    for (const name of ['alice', 'bob']) {
      const id = await setup.testWindow.keyService.add(setup.key(name));
      added.push(await setup.testWindow.refreshKey(id));
    }
    keys = added;
  };
  beforeEach(() => open());
  afterEach(() => setup.close());

  const ask = () => {
    const { keyRequests, keyService } = setup.testWindow;
    return askOffers({ keyRequests, keyService, clock: setup.clock }, keys, new AbortController().signal);
  };
  const priceOf = async (model: string) => {
    const prices = (await ask()).prices.get(setup.gateway.origin);
    return prices && modelPriceText(prices.byModel.get(model) ?? [], prices.unit);
  };
  const callsTo = (line: string) =>
    setup.gateway.calls.filter(({ method, path }) => `${method} ${path}` === line).length;

  it('is listed for each key, and costs no call again within an hour', async () => {
    const { models } = await ask();
    const [alice, bob] = keys.map(({ id }) => models.get(id));
    assert.deepEqual(
      [alice?.isOfKey, alice?.models.has('gpt-4.1'), bob?.models.has('o3')],
      [true, true, false],
    );
    await ask();
    assert.deepEqual([callsTo(MODELS), callsTo(PRICES)], [2, 1]);
    setup.clock.jump(HOUR);
    await ask();
    assert.deepEqual([callsTo(MODELS), callsTo(PRICES)], [4, 2]);
  });

  it('is not asked of a key whose limit is known', async () => {
    keys = keys.map(key => ({ ...key, reading: key.reading && { ...key.reading, models: ['gpt-4.1'] } }));
    assert.equal((await ask()).models.size, 0);
    assert.equal(callsTo(MODELS), 0);
  });

  it('is not asked of a key whose checks are paused', async () => {
    const { keyService } = setup.testWindow;
    for (const { id } of keys) await keyService.checks.pause(keyService.findById(id) ?? assert.fail());
    const calls = setup.gateway.calls.length;
    await ask();
    assert.equal(setup.gateway.calls.length, calls);
  });

  it('is not known where it cannot be read, nor where nothing is listed', async () => {
    const odd: readonly Reply[] = [
      json(200, { success: true, data: [] }),
      json(200, { success: true, data: null }),
      json(200, { success: true, data: [{ id: '' }, { id: 7 }] }),
      json(200, { success: false, message: 'database is locked' }),
      json(500, {}),
    ];
    for (const reply of odd) {
      setup.gateway.setReply(MODELS, reply);
      setup.gateway.setReply(PRICES, reply);
      const { models, prices } = await ask();
      assert.deepEqual([models.size, prices.get(setup.gateway.origin)?.byModel.size ?? 0], [0, 0]);
      setup.clock.jump(HOUR);
    }
  });

  it('leaves out the row without a name that Veloera has', async () => {
    setup.gateway.setReply(MODELS, json(200, capturedBody('veloera-0.3.25', 'models.unlimited')));
    const { models } = await ask();
    assert.deepEqual([...(models.get(keys[0]?.id ?? '')?.models ?? [])].includes(''), false);
    assert.ok(models.get(keys[0]?.id ?? '')?.models.has('claude-3-5-haiku'));
  });

  it('costs what the page of prices tells, for each group of users', async () => {
    // A ratio of 1 is $2.00 for a million tokens; “vip” pays half.
    assert.equal(
      await priceOf('gpt-4.1'),
      'default: $2.00 in, $8.00 out per million tokens · vip: $1.00 in, $4.00 out per million tokens',
    );
    assert.equal(
      await priceOf('claude-sonnet'),
      'default: $3.00 in, $15.00 out per million tokens · vip: $1.50 in, $7.50 out per million tokens',
    );
    assert.equal(await priceOf('dall-e-3'), '$0.04 a request');
    assert.equal(await priceOf('gpt-free'), '$0.00 in, $0.00 out per million tokens');
    assert.equal(await priceOf('gpt-tiered'), undefined, 'a formula is no price');
    assert.equal(await priceOf('unheard-of'), undefined);
  });

  it('costs nothing known without the ratios of groups', async () => {
    const data = [
      { model_name: 'm', quota_type: 0, model_ratio: 1, completion_ratio: 4, enable_groups: ['all'] },
    ];
    for (const group_ratio of [undefined, null, {}, { default: 'x' }, { default: -1 }]) {
      setup.gateway.setReply(PRICES, json(200, { success: true, data, group_ratio }));
      assert.equal(await priceOf('m'), undefined, JSON.stringify(group_ratio));
      setup.clock.jump(HOUR);
    }
  });

  it('costs yuan where the site shows yuan', async () => {
    await setup.close();
    await open({ status: CNY_SITE });
    assert.equal(await priceOf('dall-e-3'), '¥0.292 a request');
  });

  it('has no page of prices at One API, which is noted', async () => {
    await setup.close();
    await open({ kind: 'oneApi', version: 'one-api' });
    assert.equal(await priceOf('gpt-4.1'), undefined);
    assert.equal(await priceOf('gpt-4.1'), undefined);
    assert.equal(callsTo(PRICES), 1);
  });

  it('is of the group that the account’s list tells for a key', () => {
    const row = { id: 1, name: 'a', used_quota: 0, remain_quota: 500_000, unlimited_quota: false };
    const groupOf = (group: unknown) => {
      const token = parseListedToken({ ...row, group }) ?? assert.fail();
      const listed = accountKeyOf(token, { unit: USD, perUnit: 500_000 }, NOW);
      return [listed.group, listedReading({ listed }, reading(), reading())?.group];
    };
    assert.deepEqual(groupOf('vip'), ['vip', 'vip']);
    for (const none of ['', ' ', null, undefined, 7]) assert.deepEqual(groupOf(none), [undefined, undefined]);
  });
});
