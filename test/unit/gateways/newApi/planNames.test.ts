import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { figureText } from '../../../../src/text/keyFigure.ts';
import { keyFacts } from '../../../../src/vscode/tree/keyFacts.ts';
import type { AccountPlan } from '../../../sampleGateways/state/accountState.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { DAY, HOUR, NOW } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { TEAM } from '../fixture.ts';

/** 500,000 units are $1.00. */
const PRO: AccountPlan = {
  id: 3,
  title: 'Pro',
  period: 'daily',
  total: 2_500_000,
  used: 500_000,
  resetsAt: (NOW + 2 * HOUR) / 1000,
};
const SPRINT: AccountPlan = {
  id: 4,
  title: 'Sprint',
  period: 'custom',
  customSeconds: 18_000,
  total: 1_000_000,
  used: 1_000_000,
  resetsAt: (NOW + HOUR) / 1000,
};

describe('the plans of an account', () => {
  let setup: TestSetup;
  let id: string;
  beforeEach(async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    setup.gateway.account('team').quota = 0;
    id = await setup.testWindow.keyService.add(setup.account('team'));
  });
  afterEach(() => setup.close());

  const read = (...plans: AccountPlan[]) => {
    setup.gateway.account('team').plans = plans;
    return setup.testWindow.refreshKey(id);
  };
  const asked = () => setup.gateway.calls.filter(({ path }) => path === '/api/subscription/plans').length;

  it('is one: its name, what is left of it, and how often it is reset', async () => {
    const state = await read(PRO);
    const { plan, budget, plans } = state.reading ?? {};
    assert.deepEqual([state.status, figureText(state)], ['ok', '$4.00']);
    assert.deepEqual(
      [plan?.name, budget, plans],
      ['Pro', { spent: 1, limit: 5, resetsAt: '2026-06-15T14:00:00.000Z', every: '1d' }, undefined],
    );
  });

  it('are several: their sum leads, and each has a line with its own reset', async () => {
    const state = await read(PRO, SPRINT);
    // $4.00 of $5.00 in the one and nothing of $2.00 in the other: that one is used up ends nothing.
    assert.deepEqual([state.status, figureText(state)], ['ok', '$4.00']);
    assert.equal(state.reading?.plan?.name, 'Pro, Sprint');
    assert.equal(state.reading?.budget?.every, undefined, 'they reset at different times');
    const lines = keyFacts(state, NOW)
      .filter(({ name }) => name.startsWith('window:'))
      .map(({ label, value }) => `${label}: ${value}`);
    assert.deepEqual(lines, [
      'Remaining in plan “Pro”, day: $4.00 of $5.00 · resets in 2 hours',
      'Remaining in plan “Sprint”, 5h: $0.00 of $2.00 · resets in 60 minutes',
    ]);
  });

  it('that is used up has its line beside the wallet that pays on', async () => {
    setup.gateway.account('team').quota = 1_500_000;
    const state = await read(SPRINT);
    assert.deepEqual([state.status, figureText(state)], ['ok', '$3.00']);
    assert.deepEqual(
      state.reading?.plans?.map(({ scopeName, used, limit }) => [scopeName, used, limit]),
      [['Sprint', 2, 2]],
    );
  });

  it('has no limit where it says none, and its number where it is not on offer any more', async () => {
    const state = await read({ ...PRO, total: 0, isWithdrawn: true }, SPRINT);
    const [pro] = state.reading?.plans ?? [];
    assert.deepEqual(pro, {
      name: 'total',
      scope: 'plan',
      scopeName: '#3',
      used: 1,
      limit: null,
      unit: 'money',
      resetsAt: '2026-06-15T14:00:00.000Z',
    });
    assert.equal(state.reading?.plan?.name, 'Sprint');
  });

  it('are asked for their names once a day, and at once where one is new', async () => {
    for (let check = 0; check < 3; check++) await read(PRO);
    assert.equal(asked(), 1);
    await read(PRO, SPRINT);
    assert.equal(asked(), 2);
    setup.clock.jump(DAY);
    await read(PRO, SPRINT);
    assert.equal(asked(), 3);
  });

  it('have no names where those cannot be read, which are asked for again in an hour', async () => {
    setup.gateway.setReply('GET /api/subscription/plans', json(200, { success: false, message: 'locked' }));
    const state = await read(PRO);
    assert.deepEqual(
      [figureText(state), state.failure, state.reading?.plan?.name],
      ['$4.00', undefined, undefined],
    );
    await read(PRO);
    assert.equal(asked(), 1);
    setup.gateway.setReply('GET /api/subscription/plans', undefined);
    setup.clock.jump(HOUR);
    assert.equal((await read({ ...PRO, resetsAt: 0 })).reading?.plan?.name, 'Pro');
  });

  it('are none for an account without any, whose names nobody asks for', async () => {
    const state = await read();
    assert.deepEqual([state.status, asked()], ['exhausted', 0]);
  });
});
