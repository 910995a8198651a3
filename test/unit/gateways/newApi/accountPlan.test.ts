import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed, GatewayError } from '../../../../src/core/quota/failure.ts';
import { readAccountPlan } from '../../../../src/gateways/newApi/accountPlan.ts';
import type { GatewayResponse } from '../../../../src/http/transport.ts';
import { NOW } from '../../support/samples.ts';

const SCALE = { unit: { code: 'USD', source: 'gateway' }, perUnit: 1 } as const;

const plan = (more: object = {}) => ({
  subscription: {
    amount_total: 100,
    amount_used: 40,
    status: 'active',
    end_time: 0,
    next_reset_time: 0,
    ...more,
  },
});

describe('the plan of an account', () => {
  let calls = 0;
  const contextOf = (ask: () => GatewayResponse, lineage = 'newApi', lacks = {}) =>
    ({
      now: () => NOW,
      userId: '7',
      site: { lineage },
      notes: () => ({ lacks }),
      note: () => undefined,
      sendRequest: async () => {
        calls++;
        return ask();
      },
    }) as unknown as Parameters<typeof readAccountPlan>[0];
  const saying = (data: object) => () =>
    ({
      status: 200,
      headers: { get: () => null, has: () => false },
      text: JSON.stringify({ success: true, data }),
    }) as GatewayResponse;
  const read = (data: object, balance = 0) => readAccountPlan(contextOf(saying(data)), SCALE, balance);
  const failing = (error: GatewayError, balance: number) =>
    readAccountPlan(
      contextOf(() => {
        throw error;
      }),
      SCALE,
      balance,
    );

  it('is what counts, unless the account pays by its wallet alone', async () => {
    const { budget } = await read({ subscriptions: [plan()] });
    assert.deepEqual([budget?.spent, budget?.limit], [40, 100]);
    assert.deepEqual(await read({ subscriptions: [plan()], billing_preference: 'wallet_only' }), {});
  });

  it('is asked for where there can be one, and nowhere else', async () => {
    calls = 0;
    await readAccountPlan(contextOf(saying({}), 'oneApi'), SCALE, 0);
    const lacks = { '/api/subscription/self': NOW + 1000 };
    await readAccountPlan(contextOf(saying({}), 'newApi', lacks), SCALE, 0);
    assert.equal(calls, 0);
  });

  it('is not known in a moment of trouble, which counts for an empty wallet alone', async () => {
    for (const trouble of [failed('transient', 'server-error'), failed('unexpected', 'missing-figures')]) {
      await assert.rejects(failing(trouble, 0), trouble);
      assert.deepEqual(await failing(trouble, 1), {});
    }
    await assert.rejects(read({ subscriptions: 'none' }), GatewayError);
    for (const absent of [failed('not-supported', 'no-such-endpoint'), failed('unexpected', 'html')]) {
      assert.deepEqual(await failing(absent, 0), {});
    }
  });

  it('that is used up leaves the wallet to count, where that pays on', async () => {
    const usedUp = plan({ amount_used: 100 });
    assert.equal((await read({ subscriptions: [usedUp] }, 5)).budget, undefined);
    assert.equal((await read({ subscriptions: [usedUp] }, 0)).budget?.spent, 100);
    const only = { subscriptions: [usedUp], billing_preference: 'subscription_only' };
    assert.equal((await read(only, 5)).budget?.spent, 100);
    for (const allow_wallet_overflow of [false, 'false', 0]) {
      const closed = plan({ amount_used: 100, allow_wallet_overflow });
      assert.equal((await read({ subscriptions: [closed] }, 5)).budget?.spent, 100);
    }
  });

  it('is one that runs', async () => {
    const ended = plan({ end_time: NOW / 1000 - 1 });
    assert.deepEqual(await read({ subscriptions: [ended, plan({ status: 'cancelled' })] }), {});
  });

  it('is one whatever the case of the word, and none that is known to be over', async () => {
    for (const status of ['Active', 'ACTIVE', ' active '])
      assert.equal((await read({ subscriptions: [plan({ status })] })).budget?.limit, 100, status);
    for (const status of ['Expired', 'cancelled', 'canceled'])
      assert.deepEqual(await read({ subscriptions: [plan({ status })] }), {}, status);
  });

  it('by a word that nobody knows is not “no plan”', async () => {
    const subscriptions = [plan({ status: 'trialing' })];
    await assert.rejects(read({ subscriptions }), /missing-figures/);
    assert.deepEqual(await read({ subscriptions }, 5), {}, 'with money in the wallet');
  });

  it('of which less than nothing was used is not known', async () => {
    const subscriptions = [plan({ amount_used: -1 })];
    await assert.rejects(read({ subscriptions }), /missing-figures/);
    assert.deepEqual(await read({ subscriptions }, 5), {}, 'with money in the wallet');
  });

  it('has no limit below nothing', async () => {
    assert.equal((await read({ subscriptions: [plan({ amount_total: -1 })] })).budget?.limit, null);
  });

  it('has no limit where one of them has none', async () => {
    const endless = plan({ amount_total: 0 });
    assert.equal((await read({ subscriptions: [plan(), endless] })).budget?.limit, null);
  });

  it('that is not used up counts beside a wallet with money', async () => {
    assert.deepEqual((await read({ subscriptions: [plan()] }, 5)).budget?.spent, 40);
    assert.deepEqual((await read({ subscriptions: [plan({ amount_used: 99 })] }, 5)).budget?.spent, 99);
  });

  it('without a limit counts beside a wallet with money: it is never used up', async () => {
    const { budget } = await read({ subscriptions: [plan({ amount_total: 0, amount_used: 500 })] }, 5);
    assert.deepEqual([budget?.spent, budget?.limit], [500, null]);
  });

  it('that is used up counts where the balance is not known', async () => {
    const context = contextOf(saying({ subscriptions: [plan({ amount_used: 100 })] }));
    assert.equal((await readAccountPlan(context, SCALE, undefined)).budget?.spent, 100);
  });

  it('is as good as an empty wallet where trouble comes and the balance is not known', async () => {
    const trouble = failed('transient', 'server-error');
    const context = contextOf(() => {
      throw trouble;
    });
    await assert.rejects(readAccountPlan(context, SCALE, undefined), trouble);
  });

  it('does not hide a fault of ours, whatever the wallet holds', async () => {
    const context = contextOf(() => {
      throw new TypeError('a fault of ours');
    });
    await assert.rejects(readAccountPlan(context, SCALE, 5), /a fault of ours/);
  });

  it('runs until its end and not at it', async () => {
    const ending = (seconds: number) => plan({ end_time: NOW / 1000 + seconds });
    assert.equal((await read({ subscriptions: [ending(1)] })).budget?.limit, 100);
    assert.deepEqual(await read({ subscriptions: [ending(0)] }), {});
  });

  it('is told by its own word, or as active where it says none', async () => {
    const statusOf = async (status: unknown) =>
      (await read({ subscriptions: [plan({ status })] })).plan?.status;
    assert.equal(await statusOf('Active'), 'Active');
    assert.equal(await statusOf(undefined), 'active');
  });

  it('of which the amounts cannot be read is not “no plan”', async () => {
    for (const subscription of [undefined, { amount_total: 100 }, { amount_total: 100, amount_used: 'x' }])
      await assert.rejects(read({ subscriptions: [{ subscription }] }), /missing-figures/);
  });

  it('is none where the list is empty, and not known where there is none', async () => {
    assert.deepEqual(await read({ subscriptions: [] }), {});
    for (const subscriptions of [null, {}, '', false, undefined])
      await assert.rejects(read({ subscriptions }), /missing-figures/, JSON.stringify(subscriptions));
  });

  it('of several ends with the last of them, and is reset with the first', async () => {
    const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
    const from = (end: number, reset: number) =>
      plan({ end_time: NOW / 1000 + end, next_reset_time: NOW / 1000 + reset });
    const several = await read({ subscriptions: [from(200, 90), from(300, 80), from(100, 95)] });
    assert.equal(several.plan?.expiresAt, at(300));
    assert.equal(several.budget?.resetsAt, at(80));
    assert.deepEqual([several.budget?.spent, several.budget?.limit], [120, 300]);
    const endless = await read({ subscriptions: [from(200, 90), plan()] });
    assert.equal(endless.plan?.expiresAt, undefined, 'one never ends');
    assert.equal(endless.budget?.resetsAt, at(90));
  });
});
