import uPlot from 'uplot';
import type { Unit } from '../../core/quota/unit.ts';
import { amountRange, type BarSpans, barSpans } from './bars.ts';
import { amountAxis, timeAxis } from './chartAxes.ts';
import type { Palette } from './palette.ts';
import { barPaths, previousLine, shadeUncovered } from './plotPaths.ts';
import type { Stack } from './stack.ts';

/** What a chart shows. */
export interface ChartFigures {
  readonly stack: Stack;
  readonly unit: Unit;
  /** The sums of the previous period, one for each time. */
  readonly previous?: readonly (number | undefined)[];
}

/** Stacked bars on a canvas, drawn by uPlot. */
export class Plot {
  readonly #plot: uPlot;

  /** Draws into `place`; `moved` is called with the index of the time that the pointer is at. */
  constructor(
    place: HTMLElement,
    figures: ChartFigures,
    palette: Palette,
    moved: (index: number | undefined) => void,
  ) {
    const spans = barSpans(figures.stack);
    const options = optionsOf(figures, spans, palette, moved);
    this.#plot = new uPlot({ ...options, ...sizeOf(place) }, dataOf(figures, spans), place);
  }

  resize(place: HTMLElement): void {
    this.#plot.setSize(sizeOf(place));
  }

  /** Highlights one series; undefined for none. */
  highlight(series: number | undefined): void {
    this.#plot.setSeries(series === undefined ? null : series + 1, { focus: series !== undefined });
  }

  /** Puts the cursor on a time; undefined removes it. */
  point(index: number | undefined): void {
    const left = index === undefined ? -10 : this.#plot.valToPos(index, 'x');
    this.#plot.setCursor({ left, top: index === undefined ? -10 : 0 });
  }

  dispose(): void {
    this.#plot.destroy();
  }
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: clientWidth, height: clientHeight };
}

function optionsOf(
  { stack, unit, previous = [] }: ChartFigures,
  spans: readonly BarSpans[],
  palette: Palette,
  moved: (index: number | undefined) => void,
): Omit<uPlot.Options, 'width' | 'height'> {
  const [low, high] = amountRange(spans, previous);
  const count = stack.times.length;
  return {
    legend: { show: false },
    focus: { alpha: 0.25 },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: () => [-0.5, count - 0.5] },
      y: { range: () => [low, high] },
    },
    axes: [timeAxis(stack, palette), amountAxis(unit, palette)],
    series: [
      {},
      ...stack.series.map(({ slot }, series) => ({
        fill: (plot: uPlot) => palette.fill(slot, plot.ctx),
        paths: (plot: uPlot) => barPaths(plot, spans[series]),
        points: { show: false },
      })),
      {
        stroke: () => palette.foreground,
        width: 1.5,
        dash: [4, 3],
        points: { show: false },
        paths: (plot: uPlot) => previousLine(plot, previous, count),
      },
    ],
    hooks: {
      drawClear: [plot => shadeUncovered(plot, stack, palette)],
      setCursor: [plot => moved(plot.cursor.idx ?? undefined)],
    },
  };
}

function dataOf({ stack, previous = [] }: ChartFigures, spans: readonly BarSpans[]): uPlot.AlignedData {
  const tops = spans.map(({ top }) => [...top]);
  const line = stack.times.map((_, at) => previous[at]);
  return [stack.times.map((_, at) => at), ...tops, line] as uPlot.AlignedData;
}
