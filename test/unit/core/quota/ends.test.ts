import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { endOf, mayHaveEnded, ownTime } from '../../../../src/core/quota/ends.ts';
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
    assert.equal(ownTime(at(0), {}), NOW);
  });
});

describe('an end that may be one of this computer’s clock alone', () => {
  const may = (status: 'stale' | 'ok' | 'expired', endsIn: number | undefined) =>
    mayHaveEnded(
      keyState({ status, reading: reading({ expiresAt: endsIn === undefined ? null : at(endsIn) }) }),
      NOW,
    );

  it('is one that has passed, of a key whose figures are old', () => {
    assert.equal(may('stale', -MINUTE), true);
    assert.equal(may('stale', 0), true);
    assert.equal(may('stale', 1), false);
    assert.equal(may('stale', undefined), false);
    assert.equal(may('expired', -MINUTE), false);
  });
});
