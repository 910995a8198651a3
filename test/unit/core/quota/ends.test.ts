import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type EndInput,
  endOf,
  endPhase,
  endPhaseOf,
  isExpiring,
  localTime,
  timeLeft,
} from '../../../../src/core/quota/ends.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, reading } from '../../support/samples.ts';

describe('the end of what a reading is about', () => {
  const end = (own: string | null | undefined, plan?: string, clockAheadMs?: number) => {
    const found = endOf(
      reading({ expiresAt: own, plan: plan ? { expiresAt: plan } : undefined, clockAheadMs }),
    );
    return found && [found.what, found.expiresAt, found.at - NOW];
  };

  it('is the first of the key’s own and its plan’s', () => {
    assert.deepEqual(end(at(DAY)), ['key', at(DAY), DAY]);
    assert.deepEqual(end(null, at(DAY)), ['plan', at(DAY), DAY]);
    assert.deepEqual(end(at(DAY), at(2 * DAY)), ['key', at(DAY), DAY]);
    assert.deepEqual(end(at(2 * DAY), at(DAY)), ['plan', at(DAY), DAY]);
    assert.deepEqual(end(at(DAY), at(DAY)), ['key', at(DAY), DAY], 'the key’s own where both are one');
  });

  it('is none of a key that never ends, and of one of which nobody knows', () => {
    assert.deepEqual([end(null), end(undefined), endOf(undefined)], [undefined, undefined, undefined]);
  });

  it('comes by the clock of this computer, which is ahead of the gateway’s or behind', () => {
    assert.deepEqual(end(at(DAY), undefined, HOUR), ['key', at(DAY), DAY + HOUR]);
    assert.deepEqual(end(null, at(DAY), -HOUR), ['plan', at(DAY), DAY - HOUR]);
    assert.equal(localTime(at(0), {}), NOW);
  });
});

describe('where a key stands towards its end', () => {
  const phase = (endsIn: number | undefined, more: Partial<EndInput> = {}, taken: Partial<Reading> = {}) => {
    const expiresAt = endsIn === undefined ? null : at(endsIn);
    const input = { reading: reading({ expiresAt, ...taken }), staleAfterMs: 15 * MINUTE, ...more };
    return endPhase(input, NOW);
  };

  it('is ahead until the very moment, and where no end is known', () => {
    assert.equal(phase(1), 'ahead');
    assert.equal(phase(0), 'over');
    assert.equal(phase(undefined), 'ahead');
    assert.equal(phase(-DAY, { reading: undefined }), 'ahead');
  });

  it('is over at the gateway’s word, whatever the date', () => {
    const failure = { class: 'expired' };
    assert.equal(phase(DAY, { failure }), 'over');
    assert.equal(phase(undefined, { failure, reading: undefined }), 'over');
    assert.equal(phase(DAY, { failure: { class: 'transient' } }), 'ahead');
  });

  it('is doubtful where nobody had asked for so long before the end that the clock may have leapt', () => {
    const read = (ago: number) => ({ takenAt: at(-DAY - ago) });
    assert.equal(phase(-DAY, {}, read(15 * MINUTE)), 'over');
    assert.equal(phase(-DAY, {}, read(15 * MINUTE + 1)), 'doubtful');
    assert.equal(phase(-DAY, { checkedAt: NOW - DAY - MINUTE }, read(HOUR)), 'over', 'a check that failed');
    assert.equal(phase(-DAY, { staleAfterMs: HOUR }, read(HOUR)), 'over', 'asked every half an hour');
  });

  it('is doubtful where a plan ended beside money, until the gateway was asked again', () => {
    const plan = { expiresAt: at(-MINUTE) };
    const before = { takenAt: at(-2 * MINUTE), plan };
    assert.equal(phase(undefined, {}, { ...before, account: { balance: 10 } }), 'doubtful');
    assert.equal(phase(undefined, {}, { ...before, account: { balance: 0 } }), 'over');
    assert.equal(phase(undefined, {}, { plan, account: { balance: 10 } }), 'over');
    const own = { takenAt: at(-2 * MINUTE), account: { balance: 10 } };
    assert.equal(phase(-MINUTE, {}, own), 'over', 'the key’s own end');
    const both = { takenAt: at(-2 * HOUR), plan: { expiresAt: at(-HOUR) }, account: { balance: 10 } };
    assert.equal(
      phase(-MINUTE, { checkedAt: NOW - HOUR }, both),
      'over',
      'the key’s own end after the plan’s',
    );
    assert.equal(phase(DAY, {}, { ...before, account: { balance: 10 } }), 'doubtful', 'its own is to come');
  });
});

describe('the end of a key whose status is known', () => {
  const key = (status: Status, endsIn: number | undefined, failureClass?: string) =>
    keyState({
      status,
      reading: reading({ expiresAt: endsIn === undefined ? null : at(endsIn) }),
      failure: failureClass === undefined ? undefined : { class: failureClass, message: '' },
    });

  it('is one that may have come, of a key whose figures are old', () => {
    assert.equal(endPhaseOf(key('stale', -MINUTE), NOW), 'doubtful');
    assert.equal(endPhaseOf(key('stale', 0), NOW), 'doubtful');
    assert.equal(endPhaseOf(key('stale', 1), NOW), 'ahead');
    assert.equal(endPhaseOf(key('stale', undefined), NOW), 'ahead');
    assert.equal(endPhaseOf(key('expired', -MINUTE), NOW), 'over');
    assert.equal(endPhaseOf(key('disabled', -MINUTE), NOW), 'over');
  });

  it('leaves no time to a key that its gateway calls expired, whatever the date', () => {
    const expired = key('expired', DAY, 'expired');
    assert.equal(endPhaseOf(expired, NOW), 'over');
    assert.equal(timeLeft(expired, NOW), undefined);
    assert.equal(isExpiring(expired, NOW), false);
  });

  it('is that of before its checks were paused', () => {
    assert.equal(endPhaseOf(key('expired', undefined, 'paused'), NOW), 'over');
    assert.equal(endPhaseOf(key('ok', DAY, 'paused'), NOW), 'ahead');
  });

  it('is pointed out from seven days before it on, until it is there', () => {
    const ends = [7 * DAY + 1, 7 * DAY, 1, 0, undefined].map(endsIn => isExpiring(key('ok', endsIn), NOW));
    assert.deepEqual(ends, [false, true, true, false, false]);
  });
});
