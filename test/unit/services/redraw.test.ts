import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { isPast, noteChangeAt } from '../../../src/core/nextChange.ts';
import type { Clock } from '../../../src/core/ports/clock.ts';
import { Redraw } from '../../../src/services/redraw.ts';
import { ManualClock } from '../support/manualClock.ts';
import { HOUR, MINUTE, NOW } from '../support/samples.ts';

/** A clock that can be put back, as a person or the network puts it; timers go on by the time that passes. */
class BackClock implements Clock {
  readonly #passing = new ManualClock(NOW);
  #behind = 0;

  readonly now = () => this.#passing.now() - this.#behind;
  readonly after = this.#passing.after;

  putBack(ms: number): void {
    this.#behind += ms;
  }

  pass(ms: number): Promise<void> {
    return this.#passing.advance(ms);
  }
}

describe('redrawing with the time', () => {
  const clock = new ManualClock(NOW);
  let redraw: Redraw | undefined;
  afterEach(() => redraw?.dispose());

  /** Draws the minute it is by the clock, which holds until the next one. */
  function minutes(): number[] {
    const drawn: number[] = [];
    redraw = new Redraw(clock, () => {
      const minute = Math.floor(clock.now() / MINUTE);
      noteChangeAt((minute + 1) * MINUTE);
      drawn.push(minute);
    });
    redraw.drawNow();
    return drawn;
  }

  it('is done at the moment from which on something else is so, and at no other', async () => {
    const drawn = minutes();
    const first = drawn[0] ?? 0;
    await clock.advance(MINUTE - 1);
    assert.deepEqual(drawn, [first]);
    await clock.advance(1);
    assert.deepEqual(drawn, [first, first + 1]);
  });

  it('is done at the next look after a clock was put back, though nothing is due for hours by it', async () => {
    const clock = new BackClock();
    const drawn: number[] = [];
    redraw = new Redraw(clock, () => {
      noteChangeAt(NOW + MINUTE);
      drawn.push(clock.now());
    });
    redraw.drawNow();
    clock.putBack(3 * HOUR);
    await clock.pass(19_999);
    assert.deepEqual(drawn, [NOW]);
    await clock.pass(1);
    assert.deepEqual(drawn, [NOW, NOW - 3 * HOUR + 20_000]);
  });

  it('that is called off is not done any more', async () => {
    const drawn = minutes();
    redraw?.dispose();
    await clock.advance(HOUR);
    assert.equal(drawn.length, 1);
  });

  it('of what holds for ever is not done', async () => {
    let times = 0;
    redraw = new Redraw(clock, () => {
      times++;
      isPast(0, clock.now());
    });
    redraw.drawNow();
    await clock.advance(HOUR);
    assert.equal(times, 1);
  });

  it('comes earlier for what was worked out later and holds for less, and not for what holds longer', async () => {
    const drawn = minutes();
    redraw?.validUntil(clock.now() + 2 * MINUTE);
    await clock.advance(MINUTE - 2000);
    assert.equal(drawn.length, 1);
    redraw?.validUntil(clock.now() + 1000);
    await clock.advance(999);
    assert.equal(drawn.length, 1);
    await clock.advance(1);
    assert.equal(drawn.length, 2);
  });

  for (const [size, gapMs] of [
    [1, 1000],
    [100, 1000],
    [101, 1010],
    [1000, 10_000],
  ] as const) {
    it(`of ${size} lines that change without end is done every ${gapMs} ms`, async () => {
      const drawn: number[] = [];
      const started = clock.now();
      redraw = new Redraw(
        clock,
        () => {
          noteChangeAt(clock.now() + 1);
          drawn.push(clock.now() - started);
        },
        () => size,
      );
      redraw.drawNow();
      await clock.advance(3 * gapMs);
      assert.deepEqual(drawn, [0, gapMs, 2 * gapMs, 3 * gapMs]);
    });
  }

  it('because there is something new is done at once, and leaves one plan', async () => {
    const drawn = minutes();
    redraw?.drawNow();
    redraw?.drawNow();
    assert.equal(drawn.length, 3);
    await clock.advance(MINUTE);
    assert.equal(drawn.length, 4);
  });
});
