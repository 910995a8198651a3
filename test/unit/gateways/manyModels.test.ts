import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { keysForModel, namesMoreModels } from '../../../src/core/quota/modelKeys.ts';
import { normalizeModelNames } from '../../../src/gateways/modelNames.ts';
import { aliasNames } from '../../../src/services/tools/keyNames.ts';
import { quotaAnswer } from '../../../src/services/tools/quotaAnswer.ts';
import { keyFacts } from '../../../src/vscode/tree/keyFacts.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `m-${index}`);

describe('a key that is allowed a hundred thousand models', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  async function read(count: number) {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const data = { total_granted: 10, total_used: 1, total_available: 9, model_limits_enabled: true };
    const body = { code: true, message: 'ok', data: { ...data, model_limits: names(count) } };
    setup.gateway.setReply('GET /api/usage/token/', json(200, body));
    return setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key('alice')));
  }

  it('keeps two thousand of them, and says how many more there are', async () => {
    const state = await read(100_000);
    assert.equal(state.reading?.models?.length, 2000);
    assert.equal(state.reading?.modelsMore, 98_000);
    const fact = keyFacts(state, setup.clock.now()).find(({ name }) => name === 'models');
    assert.equal(fact?.value, '100,000 allowed');
    assert.equal(fact?.children?.length, 2001);
    assert.equal(fact?.children?.at(-1)?.label, 'and 98,000 more');
    const row = setup.testWindow.store.states.stateOf(state.id);
    assert.ok(JSON.stringify(row).length < 50_000, 'what is kept is small');
  });

  it('does not say that one of those is not allowed', async () => {
    const state = await read(2001);
    const found = (model: string) =>
      quotaAnswer([state], { model }, aliasNames(new Map()), false, setup.clock.now());
    assert.equal(found('m-1999').keys.length, 1);
    assert.match(found('m-2000').summary, /^No key is known to be allowed m-2000 .*more models than/);
    assert.equal(found('m-7').keys[0]?.modelsNotKept, 1);
    assert.deepEqual([namesMoreModels([state]), keysForModel([state], 'm-2000').ready], [true, []]);
  });

  it('keeps two thousand whole, in each form', async () => {
    const state = await read(2000);
    assert.deepEqual([state.reading?.models?.length, state.reading?.modelsMore], [2000, undefined]);
    const object = Object.fromEntries(names(2001).map(name => [name, true]));
    for (const form of [names(2001), names(2001).join(','), object]) {
      const { models = [], modelsMore } = normalizeModelNames(form) ?? {};
      assert.deepEqual([models.length, models.at(-1), modelsMore], [2000, 'm-1999', 1]);
    }
    // What comes twice is one.
    assert.equal(normalizeModelNames([...names(2000), ...names(2000)])?.modelsMore, undefined);
  });

  it('is bounded in an account’s list as well', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const row = { id: 1, name: 'alice', status: 1, remain_quota: 5, used_quota: 0, expired_time: -1 };
    const limits = { model_limits_enabled: true, model_limits: names(30_000).join(',') };
    const page = { page: 1, page_size: 100, total: 1, items: [{ ...row, ...limits }] };
    setup.gateway.setReply('GET /api/token/', json(200, { success: true, message: '', data: page }));
    const [key] = (await setup.read(setup.account('team'))).accountKeys ?? [];
    assert.deepEqual([key?.models?.length, key?.modelsMore], [2000, 28_000]);
  });
});
