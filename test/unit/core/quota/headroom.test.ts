import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headroomOf, shareLeft } from '../../../../src/core/quota/headroom.ts';
import { quota, reading } from '../../support/samples.ts';

const { unit } = reading();

describe('headroom', () => {
  it('nothing is known without a reading', () => {
    assert.deepEqual(headroomOf(undefined), {
      unlimited: false,
      unit: { code: 'UNITS', source: 'default' },
      from: 'none',
    });
    assert.deepEqual(headroomOf(reading()), { unlimited: false, unit, from: 'none' });
  });

  it("a key's own cap comes first", () => {
    const all = reading({
      quota: quota(3, 10),
      budget: { spent: 1, limit: 2 },
      account: { balance: 99 },
    });
    assert.deepEqual(headroomOf(all), {
      unlimited: false,
      remaining: 3,
      total: 10,
      used: 7,
      unit,
      from: 'quota',
    });
  });

  it('a total of nothing is no total', () => {
    const headroom = headroomOf(reading({ quota: { unlimited: false, granted: 0, used: 0, remaining: 0 } }));
    assert.equal(headroom.total, undefined);
    assert.equal(headroom.remaining, 0);
  });

  it('an unlimited cap gives way to a budget', () => {
    const both = reading({ quota: { unlimited: true, used: 5 }, budget: { spent: 0.1, limit: 0.3 } });
    assert.deepEqual(headroomOf(both), {
      unlimited: false,
      remaining: 0.2,
      total: 0.3,
      used: 0.1,
      unit,
      from: 'budget',
    });
  });

  it('a budget without a limit is unlimited', () => {
    const open = reading({ budget: { spent: 1.23, limit: null } });
    assert.deepEqual(headroomOf(open), { unlimited: true, used: 1.23, unit, from: 'budget' });
  });

  it('a budget of nothing has no total to be a part of', () => {
    const none = headroomOf(reading({ budget: { spent: 1, limit: 0 } }));
    assert.equal(none.remaining, -1);
    assert.equal(none.total, undefined);
  });

  it('unlimited keeps what was used and names no remaining', () => {
    const open = headroomOf(reading({ quota: { unlimited: true, used: 3 }, account: { balance: 7 } }));
    assert.deepEqual(open, { unlimited: true, used: 3, unit, from: 'quota' });
  });

  it("the account's balance serves when the key has no figures", () => {
    const wallet = headroomOf(reading({ account: { balance: 7, used: 2 } }));
    assert.deepEqual(wallet, { unlimited: false, remaining: 7, used: 2, unit, from: 'account' });
  });
});

describe('share left', () => {
  const SHARES: readonly [remaining: number, granted: number | undefined, share: number | undefined][] = [
    [5, 20, 0.25],
    [20, 20, 1],
    [25, 20, 1],
    [0, 20, 0],
    [-3, 20, 0],
    [5, undefined, undefined],
    [5, 0, undefined],
  ];
  for (const [remaining, granted, share] of SHARES) {
    it(`${remaining} of ${granted} is ${share}`, () =>
      assert.equal(shareLeft(headroomOf(reading({ quota: quota(remaining, granted) }))), share));
  }

  it('is unknown for an unlimited key', () => {
    assert.equal(shareLeft(headroomOf(reading({ quota: { unlimited: true, used: 3 } }))), undefined);
  });
});

describe('what binds a key', () => {
  const leads = (more: Parameters<typeof reading>[0]) => {
    const { from, unlimited, remaining } = headroomOf(reading(more));
    return [from, unlimited ? 'unlimited' : remaining];
  };
  const wallet = { balance: 7 };

  it('is not a cap of which nobody says what is left', () => {
    assert.deepEqual(leads({ quota: { unlimited: false, used: 3 }, account: wallet }), ['account', 7]);
    assert.deepEqual(leads({ quota: { unlimited: false, used: 3 } }), ['none', undefined]);
  });

  it('is not a remainder that is told beside “unlimited”', () => {
    assert.deepEqual(leads({ quota: { unlimited: true, remaining: 5 } }), ['quota', 'unlimited']);
  });

  it('is the wallet where the budget has no cap and there is no plan', () => {
    const open = { spent: 1, limit: null };
    assert.deepEqual(leads({ budget: open, account: wallet }), ['account', 7]);
    assert.deepEqual(leads({ budget: open, account: wallet, plan: {} }), ['budget', 'unlimited']);
    assert.deepEqual(leads({ budget: open, account: {} }), ['budget', 'unlimited']);
    assert.deepEqual(leads({ budget: { spent: 1, limit: 4 }, account: wallet }), ['budget', 3]);
  });

  it('is an empty wallet only where no plan pays', () => {
    assert.deepEqual(leads({ account: { balance: 0 } }), ['account', 0]);
    assert.deepEqual(leads({ account: { balance: 0 }, plan: {} }), ['none', undefined]);
    assert.deepEqual(leads({ account: { balance: -1 }, plan: {} }), ['none', undefined]);
    assert.deepEqual(leads({ account: { balance: 0.01 }, plan: {} }), ['account', 0.01]);
  });

  it('is no more known of a budget that is reset than its limit', () => {
    assert.deepEqual(headroomOf(reading({ budget: { limit: 4 } })), {
      unlimited: false,
      unit,
      from: 'budget',
    });
  });
});
