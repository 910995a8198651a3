import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type uPlot from 'uplot';
import type { Palette } from '../../../src/webview/chart/palette.ts';
import { barPaths, previousLine, shadeUncovered } from '../../../src/webview/chart/plotPaths.ts';
import type { Stack } from '../../../src/webview/chart/stack.ts';

/** What was drawn, in the order in which it was. */
type Drawn = readonly [what: string, ...at: number[]][];

/** A path that remembers what is added to it. */
class RecordedPath {
  readonly drawn: [string, ...number[]][] = [];
  rect(...at: number[]) {
    this.drawn.push(['rect', ...at]);
  }
  moveTo(...at: number[]) {
    this.drawn.push(['move', ...at]);
  }
  lineTo(...at: number[]) {
    this.drawn.push(['line', ...at]);
  }
}

const drawnOf = (path: unknown): Drawn => (path as RecordedPath).drawn;

/** A plot of 10 pixels a time, whose first begins at 5, and of 100 pixels an amount, from 1000 upwards. */
const plotOf = (step = 10, more: object = {}) =>
  ({
    valToPos: (value: number, scale: string) => (scale === 'x' ? 10 + value * step : 1000 - value * 100),
    ...more,
  }) as unknown as uPlot;

describe('what is drawn in a chart', () => {
  const { Path2D: own } = globalThis;
  before(() => Object.assign(globalThis, { Path2D: RecordedPath }));
  after(() => Object.assign(globalThis, { Path2D: own }));

  it('is a hatch over the times that not every report covers, up to the last that has begun', () => {
    const hatches = (stack: Pick<Stack, 'covered' | 'lastBegun'>) => {
      const drawn: number[][] = [];
      const ctx = {
        globalAlpha: 1,
        fillStyle: '',
        save: () => 0,
        restore: () => 0,
        fillRect(...at: number[]) {
          assert.deepEqual([this.globalAlpha, this.fillStyle], [0.3, 'hatch']);
          drawn.push(at);
        },
      };
      const palette = { hatch: () => 'hatch' } as unknown as Palette;
      shadeUncovered(plotOf(10, { ctx, bbox: { top: 7, height: 200 } }), stack as Stack, palette);
      return drawn;
    };
    assert.deepEqual(hatches({ covered: { first: 0, last: 4 }, lastBegun: 4 }), []);
    // The first two times, from the left edge of the first to the right edge of the second; then the fourth alone.
    assert.deepEqual(hatches({ covered: { first: 2, last: 2 }, lastBegun: 3 }), [
      [5, 7, 20, 200],
      [35, 7, 10, 200],
    ]);
    assert.deepEqual(hatches({ covered: { first: 3, last: 4 }, lastBegun: 1 }), [[5, 7, 20, 200]]);
  });

  it('is a bar for each amount, however small, with a gap between those of a stack', () => {
    const bars = (step: number, base: readonly number[], top: readonly number[]) =>
      drawnOf(barPaths(plotOf(step), { base, top }).fill);
    // 0.8 of a step of 10 pixels wide; a pixel of 100 is the gap.
    assert.deepEqual(bars(10, [0, 1], [1, 3]), [
      ['rect', 6, 900, 8, 99],
      ['rect', 16, 700, 8, 199],
    ]);
    assert.deepEqual(bars(10, [0], [-1]), [['rect', 6, 1000, 8, 99]]);
    assert.deepEqual(bars(10, [2], [2]), []);
    assert.deepEqual(bars(10, [0], [0.001]), [['rect', 6, 999.9, 8, 1]]);
    assert.deepEqual(bars(10, [0], [0.03]), [['rect', 6, 997, 8, 3]]);
    assert.deepEqual(bars(7.5, [0], [1]), [['rect', 7, 900, 6, 99]]);
    // Bars of less than six pixels have no room for gaps, and none is thinner than one.
    assert.deepEqual(bars(5, [0], [1]), [['rect', 8, 900, 4, 100]]);
    assert.deepEqual(bars(1, [0], [1]), [['rect', 9.5, 900, 1, 100]]);
    assert.deepEqual(drawnOf(barPaths(plotOf(), undefined).fill), []);
  });

  it('is a line of steps at the sums of the period before, with a gap where there is none', () => {
    assert.deepEqual(drawnOf(previousLine(plotOf(), [1, 2, undefined, 0, 9], 4).stroke), [
      ['move', 5, 900],
      ['line', 15, 900],
      ['line', 15, 800],
      ['line', 25, 800],
      ['move', 35, 1000],
      ['line', 45, 1000],
    ]);
  });
});
