import type uPlot from 'uplot';
import type { BarSpans } from './bars.ts';
import type { Palette } from './palette.ts';
import { type Stack, uncoveredStretches } from './stack.ts';

const BAR_SHARE_OF_STEP = 0.8;
/** Narrower bars are drawn without gaps between the parts of a stack. */
const GAP_FROM_PX = 6;

/** The bars of one series. */
export function barPaths(plot: uPlot, spans: BarSpans | undefined): uPlot.Series.Paths {
  const fill = new Path2D();
  const step = Math.abs(plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true));
  const width = Math.max(1, step * BAR_SHARE_OF_STEP);
  const gap = width >= GAP_FROM_PX ? 1 : 0;
  spans?.top.forEach((top, at) => {
    const base = spans.base[at] ?? 0;
    if (top === base) return;
    const [y1, y2] = [plot.valToPos(top, 'y', true), plot.valToPos(base, 'y', true)];
    const height = Math.abs(y2 - y1);
    // However small an amount is, its bar can be seen.
    const visibleHeight = Math.max(1, height - (height > 3 ? gap : 0));
    fill.rect(plot.valToPos(at, 'x', true) - width / 2, Math.min(y1, y2), width, visibleHeight);
  });
  return { fill };
}

/** A stepped line at the height of each time's sum in the previous period; a gap where there was none. */
export function previousLine(
  plot: uPlot,
  sums: readonly (number | undefined)[],
  count: number,
): uPlot.Series.Paths {
  const stroke = new Path2D();
  let isDrawing = false;
  for (let at = 0; at < count; at++) {
    const sum = sums[at];
    const x = (place: number) => plot.valToPos(place, 'x', true);
    if (sum !== undefined) {
      const y = plot.valToPos(sum, 'y', true);
      if (isDrawing) stroke.lineTo(x(at - 0.5), y);
      else stroke.moveTo(x(at - 0.5), y);
      stroke.lineTo(x(at + 0.5), y);
    }
    isDrawing = sum !== undefined;
  }
  return { stroke };
}

/** Hatches the times that no source covers, so that they do not look like times without spend. */
export function shadeUncovered(plot: uPlot, stack: Stack, palette: Palette): void {
  const { top, height } = plot.bbox;
  plot.ctx.save();
  plot.ctx.globalAlpha = 0.3;
  plot.ctx.fillStyle = palette.hatch(plot.ctx);
  for (const [first, last] of uncoveredStretches(stack)) {
    const left = plot.valToPos(first - 0.5, 'x', true);
    plot.ctx.fillRect(left, top, plot.valToPos(last + 0.5, 'x', true) - left, height);
  }
  plot.ctx.restore();
}
