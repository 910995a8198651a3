import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { TEAM } from '../../../gateways/fixture.ts';
import { TestSetup } from '../../../support/testSetup.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

describe('the command that returns a page of a log', () => {
  let setup: TestSetup;
  let key: string;

  beforeEach(async () => {
    Object.assign(vscodeStub, { person: {}, shown: [], lists: [] });
    setup = await TestSetup.open({ accounts: [TEAM] });
    key = (await setup.add(setup.account('team'))).id;
    await setup.testWindow.monitor.start();
  });
  afterEach(() => setup.close());

  /** What the gateway is asked for, by name; what is not a filter is left out. */
  const asked = async (more: object) => {
    setup.gateway.calls.length = 0;
    await setup.run('listLogs', { key, ...more });
    const [call] = setup.gateway.callsOf({ path: '/api/log/self' });
    return Object.fromEntries(
      [...new URLSearchParams(call?.search)].filter(([, value]) => value !== '' && value !== '0'),
    );
  };

  it('asks for the first fifty rows of all where nothing else is wanted, and takes an empty text for nothing', async () => {
    const usual = await asked({});
    assert.deepEqual([usual.p, usual.page_size], ['1', '50']);
    for (const name of ['type', 'token_name', 'model_name', 'group', 'request_id', 'start_timestamp'])
      assert.equal(usual[name], undefined, name);
    assert.deepEqual(await asked({ keyName: '', model: '', group: '', requestId: '' }), usual);
  });

  it('asks for what is wanted', async () => {
    const filter = { keyName: 'alice', model: 'gpt%', group: 'vip', requestId: 'r1' };
    const told = await asked({ ...filter, page: 2, pageSize: 10, type: 'consume' });
    assert.deepEqual(
      [told.p, told.page_size, told.type, told.token_name, told.model_name, told.group, told.request_id],
      ['2', '10', '2', 'alice', 'gpt%', 'vip', 'r1'],
    );
  });

  it('refuses half a range before anything is asked', async () => {
    setup.gateway.calls.length = 0;
    for (const half of [{ from: '2026-06-01' }, { to: '2026-06-01' }])
      await assert.rejects(setup.run('listLogs', { key, ...half }), /needs a start and an end/);
    assert.deepEqual(setup.gateway.calls, []);
  });

  it('asks nothing where no key is chosen', async () => {
    setup.gateway.calls.length = 0;
    assert.equal(await setup.run('listLogs', undefined), undefined);
    assert.deepEqual([vscodeStub.lists.length, setup.gateway.calls], [1, []]);
  });
});
