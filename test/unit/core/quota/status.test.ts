import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type FailureClass, type FailureReason, isLasting } from '../../../../src/core/quota/failure.ts';
import { headroomOf } from '../../../../src/core/quota/headroom.ts';
import { readingAt } from '../../../../src/core/quota/resets.ts';
import { type StatusInput, statusOf } from '../../../../src/core/quota/status.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import { at, DAY, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

const LOW = { percent: 20, amounts: { USD: 1, TOKENS: 5000 } };

function status(more: Partial<StatusInput>): Status {
  return statusOf({ now: NOW, low: LOW, staleAfterMs: 15 * MINUTE, ...more });
}

/** What each class of failure makes of a key that has a good reading, and of one that has none. */
const BY_FAILURE: Readonly<
  Record<FailureClass, { reason: FailureReason; read: Status; bare: Status; lasting: boolean }>
> = {
  'bad-key': { reason: 'refused-key', read: 'invalid', bare: 'invalid', lasting: true },
  disabled: { reason: 'key-disabled', read: 'disabled', bare: 'disabled', lasting: true },
  forbidden: { reason: 'address-not-allowed', read: 'ok', bare: 'unknown', lasting: false },
  exhausted: { reason: 'used-up', read: 'exhausted', bare: 'exhausted', lasting: false },
  expired: { reason: 'past-expiry', read: 'expired', bare: 'expired', lasting: false },
  'rate-limited': { reason: 'too-many-requests', read: 'ok', bare: 'unknown', lasting: false },
  'not-supported': { reason: 'no-such-endpoint', read: 'ok', bare: 'unknown', lasting: false },
  'blocked-by-edge': { reason: 'edge-page', read: 'ok', bare: 'unknown', lasting: false },
  transient: { reason: 'timeout', read: 'ok', bare: 'unknown', lasting: false },
  unexpected: { reason: 'html', read: 'ok', bare: 'unknown', lasting: false },
  paused: { reason: 'checks-paused', read: 'ok', bare: 'unknown', lasting: false },
};

describe('status after a failure', () => {
  for (const [name, { reason, read, bare, lasting }] of Object.entries(BY_FAILURE)) {
    const failure = { class: name as FailureClass, reason };
    it(`${name} makes a key with a good reading ${read}, without one ${bare}`, () => {
      assert.equal(status({ failure, reading: reading({ quota: quota(15, 20) }) }), read);
      assert.equal(status({ failure }), bare);
    });
    it(`${name} ${lasting ? 'makes checks rare' : 'leaves checks as they are'}`, () => {
      assert.equal(isLasting(failure), lasting);
    });
  }
});

describe('status from figures', () => {
  it('is unknown before anything was read', () => assert.equal(status({}), 'unknown'));

  const BY_QUOTA: readonly [
    what: string,
    remaining: number,
    granted: number | undefined,
    expected: Status,
  ][] = [
    ['plenty', 15, 20, 'ok'],
    ['just above a fifth', 4.01, 20, 'ok'],
    ['a fifth', 4, 20, 'low'],
    ['nothing', 0, 20, 'exhausted'],
    ['less than nothing', -0.000024, 20, 'exhausted'],
    ['a dollar, no total', 1, undefined, 'low'],
    ['more than a dollar, no total', 1.01, undefined, 'ok'],
    ['half a dollar of half a dollar', 0.5, 0.5, 'ok'],
  ];
  for (const [what, remaining, granted, expected] of BY_QUOTA) {
    it(`${what} left is ${expected}`, () =>
      assert.equal(status({ reading: reading({ quota: quota(remaining, granted) }) }), expected));
  }

  it('an amount without a rule for its unit is never low', () => {
    const unit = { code: 'CNY', source: 'gateway' } as const;
    assert.equal(status({ reading: reading({ unit, account: { balance: 0.01 } }) }), 'ok');
  });

  it('an unlimited key is neither low nor exhausted', () => {
    assert.equal(status({ reading: reading({ quota: { unlimited: true, used: 900 } }) }), 'ok');
  });

  it('a reading without a figure is ok, not exhausted', () => {
    assert.equal(status({ reading: reading({ accountKeys: [] }) }), 'ok');
  });

  it('expires at the very moment it says', () => {
    const until = (ms: number) => reading({ quota: quota(15, 20), expiresAt: at(ms) });
    assert.equal(status({ reading: until(1) }), 'ok');
    assert.equal(status({ reading: until(0) }), 'expired');
  });

  it('a plan that ended expires the key', () => {
    const plan = { expiresAt: at(-DAY) };
    assert.equal(status({ reading: reading({ quota: quota(15, 20), expiresAt: null, plan }) }), 'expired');
  });

  it('a plan that ended beside money is not the end, until the gateway has been asked again', () => {
    const before = { takenAt: at(-2 * MINUTE), plan: { expiresAt: at(-MINUTE) } };
    assert.equal(status({ reading: reading({ ...before, account: { balance: 10 } }) }), 'stale');
    assert.equal(status({ reading: reading({ ...before, account: { balance: 0 } }) }), 'expired');
    const after = { takenAt: at(0), plan: { expiresAt: at(-MINUTE) }, account: { balance: 10 } };
    assert.equal(status({ reading: reading(after) }), 'expired');
    const own = { takenAt: at(-2 * MINUTE), expiresAt: at(-MINUTE), account: { balance: 10 } };
    assert.equal(status({ reading: reading(own) }), 'expired');
  });

  it('goes stale only after the time for it', () => {
    const taken = (ms: number) => reading({ takenAt: at(ms), quota: quota(15, 20) });
    assert.equal(status({ reading: taken(-15 * MINUTE) }), 'ok');
    assert.equal(status({ reading: taken(-15 * MINUTE - 1) }), 'stale');
  });
});

describe('status of a budget that is reset', () => {
  const budget = (spent: number, resetsAt: string) => ({ spent, limit: 10, resetsAt });
  const taken = at(-3 * 60 * MINUTE);
  const usedUp = { class: 'exhausted', reason: 'used-up' } as const;
  const of = (ms: number, more: Partial<StatusInput> = {}, spent = 10) =>
    status({
      staleAfterMs: DAY,
      reading: reading({ takenAt: taken, budget: budget(spent, at(ms)) }),
      ...more,
    });

  it('is used up until then, and not known after it', () => {
    assert.equal(of(1), 'exhausted');
    assert.equal(of(0), 'stale');
    assert.equal(of(-60 * MINUTE), 'stale');
    assert.equal(of(0, {}, 9), 'stale');
    assert.equal(of(0, {}, 1), 'stale');
  });

  it('is not known either where the gateway has only failed since, or said before it that it was used up', () => {
    assert.equal(of(0, { failure: { class: 'transient', reason: 'server-error' } }), 'stale');
    assert.equal(of(0, { failure: usedUp, checkedAt: NOW - MINUTE }), 'stale');
    assert.equal(of(-MINUTE, { failure: usedUp, checkedAt: NOW }), 'exhausted');
  });

  it('is what the gateway said after a reset that had passed already when it was asked', () => {
    assert.equal(of(-4 * 60 * MINUTE), 'exhausted');
  });

  it('changes nothing of a key whose own cap binds', () => {
    const figures = { takenAt: taken, quota: quota(0, 20), budget: budget(1, at(0)) };
    assert.equal(status({ staleAfterMs: DAY, reading: reading(figures) }), 'exhausted');
  });

  it('no reading tells after it what was spent; what else it tells stays', () => {
    const before = reading({ takenAt: taken, budget: budget(10, at(0)), plan: { name: 'Pro' } });
    assert.equal(readingAt(before, NOW - 1), before);
    const { budget: _, ...others } = before;
    assert.deepEqual(readingAt(before, NOW), { ...others, budget: { limit: 10, resetsAt: at(0) } });
    assert.deepEqual(headroomOf(readingAt(before, NOW)), {
      unlimited: false,
      unit: reading().unit,
      from: 'budget',
    });
  });
});

describe('status when several things are true', () => {
  const failure = { class: 'bad-key', reason: 'refused-key' } as const;
  const old = { takenAt: at(-DAY) };
  const ended = { expiresAt: at(-DAY) };
  const PRECEDENCE: readonly [what: string, input: Partial<StatusInput>, expected: Status][] = [
    ['a bad key over an expired one', { failure, reading: reading(ended) }, 'invalid'],
    ['expired over exhausted', { reading: reading({ ...ended, quota: quota(0, 20) }) }, 'expired'],
    ['expired over stale', { reading: reading({ ...ended, ...old }) }, 'expired'],
    ['exhausted over stale', { reading: reading({ ...old, quota: quota(0, 20) }) }, 'exhausted'],
    ['stale over low', { reading: reading({ ...old, quota: quota(1, 20) }) }, 'stale'],
  ];
  for (const [what, input, expected] of PRECEDENCE) {
    it(what, () => assert.equal(status(input), expected));
  }
});

describe('a refusal as used up', () => {
  const failure = { class: 'exhausted', reason: 'used-up' } as const;
  const refused = (checkedAt: number | undefined, resetsAt?: string) =>
    status({
      failure,
      checkedAt,
      reading: reading({ takenAt: at(-2 * DAY), budget: { spent: 10, limit: 10, resetsAt } }),
    });

  it('holds until the budget has been reset since the gateway was asked', () => {
    assert.equal(refused(NOW - MINUTE, at(0)), 'stale');
    assert.equal(refused(NOW - MINUTE, at(1)), 'exhausted');
  });

  it('holds where it was said after that, or nobody knows when', () => {
    assert.equal(refused(NOW - MINUTE, at(-MINUTE)), 'exhausted');
    assert.equal(refused(undefined, at(0)), 'exhausted');
    assert.equal(refused(NOW - MINUTE), 'exhausted');
  });
});

describe('a plan that has ended', () => {
  const ended = (balance: number | undefined, takenAt = at(-2 * MINUTE)) =>
    status({
      checkedAt: NOW,
      reading: reading({ takenAt, plan: { expiresAt: at(-MINUTE) }, account: { balance } }),
    });

  it('is the key’s end where there is no money beside it', () => {
    assert.equal(ended(0), 'expired');
    assert.equal(ended(undefined), 'expired');
  });

  it('is not known to be where there is, and the gateway was not heard since', () => {
    assert.equal(ended(5), 'stale');
    assert.equal(ended(5, at(-MINUTE)), 'expired');
    assert.equal(ended(5, at(0)), 'expired');
  });
});

describe('a budget without a cap', () => {
  it('tells as much after it has been reset', () => {
    const open = reading({
      takenAt: at(-2 * MINUTE),
      budget: { spent: 3, limit: null, resetsAt: at(-MINUTE) },
    });
    assert.equal(status({ reading: open, checkedAt: NOW }), 'ok');
  });
});

describe('an end that came while nobody asked', () => {
  const ended = (checkedAgo: number | undefined, takenAgo = 30 * DAY) =>
    status({
      checkedAt: checkedAgo === undefined ? undefined : NOW - checkedAgo,
      reading: reading({ takenAt: at(-takenAgo), quota: quota(15, 20), expiresAt: at(-DAY) }),
    });

  it('may be one of a clock that has leapt, and is one where somebody asked shortly before', () => {
    assert.equal(ended(DAY + 15 * MINUTE + 1), 'stale');
    assert.equal(ended(DAY + 15 * MINUTE), 'expired');
    assert.equal(ended(MINUTE), 'expired');
    assert.equal(ended(undefined), 'stale');
    assert.equal(ended(undefined, DAY + 15 * MINUTE), 'expired');
  });
});
