import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FOREVER_MS, isMuted, mutedUntil } from '../../../../src/core/warnings/mute.ts';
import { DAY, HOUR, NOW } from '../../support/samples.ts';

const hour = { since: NOW, lastsMs: HOUR };

describe('a time without warnings', () => {
  it('holds until it is over, and in a clock that was put back by less than it lasts', () => {
    for (const [after, holds] of [
      [0, true],
      [HOUR - 1, true],
      [HOUR, false],
      [1 - HOUR, true],
      [-HOUR, false],
    ] as const) {
      assert.equal(isMuted(hour, NOW + after), holds, `${after} ms`);
      assert.equal(mutedUntil(hour, NOW + after), holds ? NOW + HOUR : undefined, `${after} ms`);
    }
  });

  it('is none where nobody asked for one', () => {
    assert.deepEqual([isMuted(undefined, NOW), mutedUntil(undefined, NOW)], [false, undefined]);
  });

  it('that somebody has to end never ends by itself', () => {
    const forever = { since: NOW, lastsMs: FOREVER_MS };
    assert.equal(mutedUntil(forever, NOW + 9999 * DAY), Number.POSITIVE_INFINITY);
  });
});
