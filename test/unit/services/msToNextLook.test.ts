import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { msToNextLook } from '../../../src/services/msToNextLook.ts';

describe('the next look of a window', () => {
  /** 12:00:00 UTC. */
  const NOON = Date.UTC(2026, 5, 15, 12);

  const TABLE: readonly [what: string, atMs: number, focused: boolean, ms: number][] = [
    ['comes after 20 seconds in the focused window', 0, true, 20_000],
    ['comes at the same moments, whenever it is asked for', 13_500, true, 6_500],
    ['comes after a minute in a window without focus', 5_000, false, 60_000],
    ['comes five seconds after the minute there, later than in the focused one', 0, false, 5_000],
    ['is not made twice by a timer that fires early', 19_999, true, 20_001],
    ['is not made twice in a window without focus', 4_998, false, 60_002],
  ];
  for (const [what, atMs, focused, ms] of TABLE) {
    it(what, () => assert.equal(msToNextLook(NOON + atMs, focused), ms));
  }

  it('comes at some of these moments alone for what is looked for less often', () =>
    assert.equal(msToNextLook(NOON + 21_000, true, 60_000), 39_000));
});
