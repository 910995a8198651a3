import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { daysKnown } from '../../../../src/core/ledger/daysKnown.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** Noon on 15 June. */
const NOON = Date.parse('2026-06-15T12:00:00Z');

describe('the days of which spend is known', () => {
  useTimeZone('UTC');

  const known = (more: { since: string; until?: string; undividedAt?: readonly string[] }) =>
    daysKnown({ days: [0, 0, 2, 0], ...more }, NOON);

  it('are those with spend, and those of which nothing is missing', () => {
    // The days are 12 to 15 June.
    assert.deepEqual(known({ since: '2026-06-12T00:00:00.000Z' }), [0, 0, 2, 0]);
    assert.deepEqual(known({ since: '2026-06-12T00:00:00.001Z' }), [undefined, 0, 2, 0]);
    assert.deepEqual(known({ since: '2026-06-15T00:00:00.001Z' }), [undefined, undefined, 2, undefined]);
  });

  it('are none of those without known spend over whose beginning or end some was noticed that may be of either', () => {
    const since = '2026-06-01T00:00:00.000Z';
    assert.deepEqual(known({ since, undividedAt: ['2026-06-13T00:00:00.000Z'] }), [
      undefined,
      undefined,
      2,
      0,
    ]);
    assert.deepEqual(known({ since, undividedAt: ['2026-06-15T00:00:00.000Z'] }), [0, 0, 2, undefined]);
  });

  it('are none after a gateway was heard last', () => {
    const since = '2026-06-01T00:00:00.000Z';
    assert.deepEqual(known({ since, until: '2026-06-14T22:00:00.000Z' }), [0, 0, 2, undefined]);
    assert.deepEqual(known({ since, until: '2026-06-15T00:00:00.000Z' }), [0, 0, 2, 0]);
  });
});
