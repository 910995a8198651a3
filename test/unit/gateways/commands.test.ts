import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import type { LogPage } from '../../../src/core/usage/logRow.ts';
import { TestSetup } from '../support/testSetup.ts';
import { june, spend, TEAM } from './fixture.ts';
import { ALICE, TEAM_KEYS } from './rows/row.ts';

/** Their answers are JSON already: `run` has sent them there and back. */
describe('commands by argument', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const open = async (kind: 'newApi' | 'cheapestInference' = 'newApi') => {
    setup = await TestSetup.open({ kind, accounts: [TEAM] });
    spend(setup.gateway);
  };

  it('keyQuota.refresh(id) returns the state of that key', async () => {
    await open();
    const { id } = await setup.add(setup.key('alice'));
    await setup.add(setup.key('bob'));
    const [alice, ...others] = (await setup.run('refresh', id)) as KeyState[];
    assert.deepEqual([alice?.label, alice?.status, others], ['alice', 'ok', []]);
    assert.deepEqual(alice?.reading?.quota, ALICE);
    assert.deepEqual(setup.calls, [
      'GET /api/usage/token/',
      'GET /v1/dashboard/billing/subscription',
      'GET /v1/dashboard/billing/usage',
    ]);
  });

  it('keyQuota.refresh({ id }) does, too, and so does a line of the tree', async () => {
    await open();
    const { id } = await setup.add(setup.account('team'));
    for (const argument of [{ id }, { keyId: id, id: `key:${id}` }]) {
      const [team] = (await setup.run('refresh', argument)) as KeyState[];
      assert.deepEqual(team?.reading?.accountKeys, TEAM_KEYS);
    }
  });

  it('keyQuota.refresh() returns the states of all', async () => {
    await open();
    await setup.add(setup.key('alice'));
    await setup.add(setup.account('team'));
    const states = (await setup.run('refresh', undefined)) as KeyState[];
    assert.deepEqual(states.map(({ label, status }) => [label, status]).sort(), [
      ['alice', 'ok'],
      ['team', 'ok'],
    ]);
  });

  it('keyQuota.refresh of a key that is not there says so', async () => {
    await open();
    await assert.rejects(setup.run('refresh', 'nobody'), /There is no key with the ID nobody/);
    assert.deepEqual(setup.gateway.calls, []);
  });

  it('keyQuota.listLogs returns a page with its summary', async () => {
    await open();
    const { id } = await setup.add(setup.account('team'));
    const filter = { key: id, page: 1, pageSize: 2, type: 'consume', model: 'gpt%', keyName: 'alice' };
    const page = (await setup.run('listLogs', {
      ...filter,
      from: '2026-06-01',
      to: '2026-06-15',
    })) as LogPage;
    const { rows, ...rest } = page;
    assert.deepEqual(rest, {
      unit: { code: 'USD', source: 'gateway' },
      page: 1,
      total: 1,
      more: false,
      summary: { used: 0.1, rpm: 0, tpm: 0 },
    });
    assert.deepEqual(
      rows.map(({ at, type, keyName, model, amount }) => [at, type, keyName, model, amount]),
      [[new Date(june(10) * 1000).toISOString(), 'consume', 'alice', 'gpt-4.1', 0.1]],
    );
    const sent = new URLSearchParams(setup.gateway.callsOf({ path: '/api/log/self' })[0]?.search);
    assert.deepEqual(
      [sent.get('start_timestamp'), sent.get('end_timestamp')],
      [String(june(1, 0)), String(june(16, 0) - 1)],
    );
  });

  it('keyQuota.listLogs takes a key alone', async () => {
    await open();
    const { id } = await setup.add(setup.account('team'));
    for (const argument of [id, { key: id }, { keyId: id, context: 'key' }]) {
      assert.equal(((await setup.run('listLogs', argument)) as LogPage).rows.length, 3);
    }
  });

  it('keyQuota.listLogs says in a sentence what the gateway refused', async () => {
    await open();
    const { id } = await setup.add(setup.account('team', { label: 'Mine', secret: 'x'.repeat(32) }));
    await assert.rejects(setup.run('listLogs', { key: id }), /does not accept the key “Mine”/);
  });

  it('keyQuota.showPlans does not send for another credential where none tells plans', async () => {
    setup = await TestSetup.open();
    const { id } = await setup.add(setup.key('ok'));
    await assert.rejects(setup.run('showPlans', id), (error: Error) => {
      assert.match(error.message, /of a kind that does not offer this\.$/);
      assert.doesNotMatch(error.message, /add it again/);
      return true;
    });
  });

  it('keyQuota.showPlans returns the plans', async () => {
    await open('cheapestInference');
    const { id } = await setup.add(setup.account('team'));
    const plans = (await setup.run('showPlans', id)) as { slug: string }[];
    assert.deepEqual(
      plans.map(({ slug }) => slug),
      ['standard', 'pro'],
    );
  });
});
