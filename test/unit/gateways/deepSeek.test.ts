import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Reading } from '../../../src/core/quota/reading.ts';
import { parseStored, SHAPES } from '../../../src/store/storedShape.ts';
import { keyFacts } from '../../../src/vscode/tree/keyFacts.ts';
import { MINUTE, reading } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';

describe('the balances of a DeepSeek account', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const linesOf = async (scenario: string) => {
    setup = await TestSetup.open({ kind: 'deepSeek' });
    const id = await setup.testWindow.keyService.add(setup.key(scenario));
    const facts = keyFacts(await setup.testWindow.refreshKey(id), setup.clock.now());
    return facts.flatMap(({ label, value }) =>
      /balance/.test(label) && value ? [`${label}: ${value}`] : [],
    );
  };

  it('have a line each in the tree', async () => {
    assert.deepEqual(await linesOf('both'), ['Account balance: ¥110.00', 'Account balance in USD: $3.50']);
  });

  it('are shown as they are where none of them can be spent', async () => {
    assert.deepEqual(await linesOf('unavailable'), ['Account balance: ¥5.00, which cannot pay for calls']);
  });

  it('are not spent by becoming of no use', async () => {
    setup = await TestSetup.open({
      kind: 'deepSeek',
      scenarios: { mine: { account: { quota: 2_500_000 } } },
    });
    const { store, keyService, refreshKey } = setup.testWindow;
    const id = await keyService.add(setup.key('mine'));
    await refreshKey.call(setup.testWindow, id);
    const spentAfter = async (data: Record<string, unknown>) => {
      const from = setup.clock.now();
      setup.clock.jump(5 * MINUTE);
      setup.gateway.setScenario('mine', { data });
      await setup.testWindow.refreshKey(id);
      const { spans } = store.history.currentSpend(id, from, setup.clock.now());
      return spans.reduce((sum, { spent }) => sum + spent, 0);
    };
    const left = (total_balance: string) => [{ currency: 'CNY', total_balance }];
    assert.equal(await spentAfter({ is_available: false }), 0);
    // ¥0.50 of ¥5.00 are gone, although nobody can use them.
    assert.equal(await spentAfter({ is_available: false, balance_infos: left('4.50') }), 0.5);
  });
});

describe('the balances of an account in the database', () => {
  it('come back from the database, unless one is of no currency that there is', () => {
    const balances = [{ unit: 'CNY', amount: 1 }] as const;
    const whole = reading({ account: { balance: 1, balances, usable: false } });
    const stored = (value: unknown) => parseStored<Reading>(JSON.stringify(value), SHAPES.reading);
    assert.deepEqual(stored(whole), whole);
    for (const damaged of [
      { balances: [{ unit: 'EUR', amount: 1 }] },
      { balances: [{ unit: 'CNY' }] },
      { usable: 0 },
    ])
      assert.equal(stored({ ...whole, account: damaged }), undefined);
  });
});
