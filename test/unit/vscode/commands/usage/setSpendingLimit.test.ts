import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

describe('the command that sets a spending limit', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let id: string;

  const run = (argument?: unknown) => runCommand(setup.parts, 'keyQuota.setSpendingLimit', argument);
  const stored = () => setup.testWindow.store.spendingLimits.allLimits();

  beforeEach(async () => {
    gateway = await startSampleGateway({ scenarios: { first: {}, second: {} } });
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.addKey(gateway, 'first');
    await setup.testWindow.refreshKey(id);
    vscodeStub.shown = [];
  });

  afterEach(async () => {
    Object.assign(vscodeStub, { person: {}, handed: [], picks: [] });
    await setup.close();
    await gateway.close();
  });

  it('sets, changes and removes the limits of a key by argument', async () => {
    const [day, month] = [
      { key: id, currency: 'USD', period: 'day', amount: 5 },
      { key: id, currency: 'USD', period: 'month', amount: 90.5 },
    ];
    assert.deepEqual(await run({ key: id, period: 'day', amount: 5 }), [day]);
    assert.deepEqual(await run({ key: id, period: 'month', amount: 90.5 }), [day, month]);
    assert.deepEqual(await run({ key: id, period: 'month', amount: 7 }), [day, { ...month, amount: 7 }]);
    assert.deepEqual(await run({ key: id, period: 'month', amount: null }), [day]);
    assert.deepEqual(await run({ key: id, period: 'week', amount: null }), [day]);
    assert.deepEqual(stored(), [
      { scope: { of: 'key', keyId: id }, period: 'day', amount: 5, unit: { code: 'USD' } },
    ]);
  });

  it('sets and removes limits for all keys of a currency, however that is written', async () => {
    assert.deepEqual(await run({ currency: ' usd ', period: 'week', amount: 20 }), [
      { currency: 'USD', period: 'week', amount: 20 },
    ]);
    await run({ key: id, period: 'week', amount: 3 });
    assert.equal(stored().length, 2);
    assert.deepEqual(await run({ currency: 'USD', period: 'week', amount: null }), []);
    assert.equal(stored().length, 1);
  });

  it('tells the limits of that key, and not those of others', async () => {
    const other = await setup.testWindow.addKey(gateway, 'second');
    await setup.testWindow.refreshKey(other);
    await run({ key: other, period: 'day', amount: 1 });
    assert.deepEqual(await run({ key: id, period: 'day', amount: 5 }), [
      { key: id, currency: 'USD', period: 'day', amount: 5 },
    ]);
  });

  it('takes away the limit of a currency that no key has any more', async () => {
    await run({ currency: 'USD', period: 'week', amount: 20 });
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.remove(record);
    assert.deepEqual(await run({ currency: 'USD', period: 'week', amount: null }), []);
  });

  it('names the currencies there are where none of the keys is counted in one, and not what it was given', async () => {
    await assert.rejects(run({ currency: 'sk-secret', period: 'day', amount: 1 }), (error: Error) => {
      assert.equal(error.message, 'None of your keys is counted in that currency. Your currencies: USD.');
      return true;
    });
    assert.deepEqual(stored(), []);
  });

  it('has no limit for all keys in raw quota units, which differ from gateway to gateway', async () => {
    const { testWindow } = setup;
    testWindow.settings = {
      ...testWindow.settings,
      gateways: new Map([[gateway.origin, { unit: 'units' }]]),
    };
    await testWindow.refreshKey(id);
    await assert.rejects(run({ currency: 'UNITS', period: 'day', amount: 1 }), /Your currencies: –\./);
    assert.deepEqual(await run({ key: id, period: 'day', amount: 1 }), [
      { key: id, currency: 'UNITS', period: 'day', amount: 1 },
    ]);
  });

  it('refuses a key that is not there, or was never read', async () => {
    await assert.rejects(run({ key: 'x', period: 'day', amount: 1 }), /There is no key with the ID x/);
    setup.testWindow.store.transaction(() =>
      setup.testWindow.store.keys.addKey({
        ...{ id: 'new', label: 'New', kind: 'newApi', baseUrl: gateway.origin, credential: 'apiKey' },
        ...{ fingerprint: 'f', pinned: false, createdAt: 0 },
      }),
    );
    await assert.rejects(run({ key: 'new', period: 'day', amount: 1 }), /“New” has not been read yet/);
  });

  it('asks what the argument leaves out, and offers what is set', async () => {
    await run({ key: id, period: 'week', amount: 12.5 });
    const offered: string[] = [];
    vscodeStub.person = {
      picked: (title, labels) => {
        offered.push(title, ...labels);
        return 'A Week, from Monday';
      },
      typed: (prompt, value) => {
        offered.push(prompt, value);
        return '20';
      },
    };
    assert.deepEqual(await run(id), [{ key: id, currency: 'USD', period: 'week', amount: 20 }]);
    assert.deepEqual(offered, [
      ...['Spending Limit for “first”', 'A Day', 'A Week, from Monday', 'A Month'],
      ...['How much, in USD? Leave it empty for no limit.', '12.5'],
    ]);
    assert.equal(vscodeStub.shown.at(-1), 'Spending limit saved.');
  });

  it('asks whose spend it is about, all keys of a currency first', async () => {
    let first: readonly string[] = [];
    vscodeStub.person = {
      picked: (title, labels) => {
        if (title !== 'Spending Limit') return 'A Month';
        first = labels;
        return labels[0];
      },
      typed: () => '100',
    };
    assert.deepEqual(await run(), [{ currency: 'USD', period: 'month', amount: 100 }]);
    assert.equal(first.length, 2);
    assert.match(first[0] ?? '', /All Keys in USD/);
    assert.match(first[1] ?? '', /first/);
  });

  it('removes the limit where the amount is left empty', async () => {
    await run({ key: id, period: 'day', amount: 5 });
    vscodeStub.person = { typed: () => ' ' };
    assert.deepEqual(await run({ key: id, period: 'day' }), []);
    assert.equal(vscodeStub.shown.at(-1), 'Spending limit removed.');
  });

  it('changes nothing where the form is closed, or what is typed is no amount', async () => {
    const before = await run({ key: id, period: 'day', amount: 5 });
    for (const person of [
      { picked: () => undefined },
      { picked: () => 'A Day', typed: () => undefined },
      ...['x', '0', '-1', '1,000', '5,5', '1e3', '0x10', '5 6', '.'].map(text => ({
        picked: () => 'A Day',
        typed: () => text,
      })),
    ]) {
      vscodeStub.person = person;
      assert.equal(await run({ key: id }), undefined);
      assert.equal(stored()[0]?.amount, 5);
    }
    assert.ok(vscodeStub.shown.includes('A number of at least 0.000001, such as 5 or 12.50.'));
    assert.deepEqual(before, [{ key: id, currency: 'USD', period: 'day', amount: 5 }]);
  });

  it('offers to add a key where there is none', async () => {
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.remove(record);
    vscodeStub.shown = [];
    assert.equal(await run(), undefined);
    assert.match(vscodeStub.shown[0] ?? '', /no keys|Add/i);
  });
});
