import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { changeAt } from '../../../../src/services/polling/changeAt.ts';
import { at, HOUR, MINUTE, NOW, reading } from '../../support/samples.ts';

const POLL = 5 * MINUTE;
/** Gateways are let catch up with their own clocks. */
const LATER = 5000;
const withReset = (ms: number): Reading => reading({ budget: { spent: 1, limit: 5, resetsAt: at(ms) } });
const change = (now: Reading | undefined, before?: Reading) => {
  const found = changeAt(now, before, POLL, NOW);
  return found === undefined ? undefined : found - NOW;
};

describe('the moment at which the clock changes what a reading says', () => {
  it('is that at which its budget is reset, or its key ends, the sooner of both', () => {
    assert.equal(change(withReset(HOUR)), HOUR + LATER);
    assert.equal(change({ ...withReset(HOUR), expiresAt: at(HOUR / 2) }), HOUR / 2 + LATER);
    assert.equal(change({ ...withReset(HOUR), expiresAt: at(2 * HOUR) }), HOUR + LATER);
  });

  it('is not one where nothing comes, or it has come already', () => {
    assert.deepEqual(
      [change(undefined), change(reading()), change(reading({ expiresAt: at(-MINUTE) }))],
      [undefined, undefined, undefined],
    );
  });

  it('is to come for as long as the gateway’s clock may be behind', () => {
    assert.equal(change(reading({ expiresAt: at(1 - LATER) })), MINUTE);
    assert.equal(change(reading({ expiresAt: at(-LATER) })), undefined);
  });

  it('is no sooner than a minute from now', () => {
    assert.equal(change(withReset(10_000)), MINUTE);
  });

  it('is not that of a budget whose end is always some minutes away', () => {
    // Each look finds the end moved on with the time since the last one.
    assert.equal(change(withReset(HOUR), withReset(HOUR - POLL)), undefined);
    assert.equal(change(withReset(HOUR), withReset(HOUR - 2 * POLL + 1)), undefined);
    assert.equal(change(withReset(HOUR), withReset(HOUR - LATER)), undefined);
  });

  it('is that of a budget that has been reset, and of one told to the second', () => {
    assert.equal(change(withReset(24 * HOUR), withReset(MINUTE)), 24 * HOUR + LATER);
    assert.equal(change(withReset(HOUR), withReset(HOUR - 2 * POLL)), HOUR + LATER);
    assert.equal(change(withReset(HOUR), withReset(HOUR - LATER + 1)), HOUR + LATER);
  });

  it('is the key’s end where the budget’s is none', () => {
    const now = { ...withReset(HOUR), expiresAt: at(2 * HOUR) };
    assert.equal(change(now, withReset(HOUR - POLL)), 2 * HOUR + LATER);
  });
});
