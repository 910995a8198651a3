import uPlot from 'uplot';
import type { Unit } from '../../core/quota/unit.ts';
import { createElement, setAttribute } from '../widgets/element.ts';
import { amountRange, type BarSpans, barSpans } from './bars.ts';
import { amountAxis, timeAxis } from './chartAxes.ts';
import type { Palette } from './palette.ts';
import type { Stack } from './stack.ts';

const HEIGHT = 220;
const SHARE_OF_STEP = 0.8;
/** Bars narrower than this are drawn without gaps between the parts of a stack. */
const GAP_FROM_PX = 6;

export interface ChartOptions {
  readonly stack: Stack;
  readonly unit: Unit;
  /** The sums of the period before, time by time. */
  readonly previous?: readonly (number | undefined)[];
  readonly palette: Palette;
  /** What the chart shows and how to move in it. */
  readonly label: string;
  /** One time in words, with all its figures. */
  readonly pointText: (index: number) => string;
  /** Hears which time is pointed at. */
  readonly pointed: (index: number | undefined) => void;
}

/**
 * A chart of stacked bars. To the keyboard and to screen readers it is a slider over its times; the same
 * figures are in the table below it.
 */
export class Chart {
  readonly element: HTMLElement;
  readonly #options: ChartOptions;
  readonly #spans: readonly BarSpans[];
  readonly #resizing: ResizeObserver;
  #plot: uPlot | undefined;
  #index: number | undefined;

  constructor(options: ChartOptions) {
    this.#options = options;
    this.#spans = barSpans(options.stack);
    this.element = createElement('div', {
      class: 'chart',
      role: 'slider',
      tabindex: 0,
      'aria-label': options.label,
      'aria-valuemin': 1,
      'aria-valuemax': options.stack.times.length,
    });
    this.#tellValue(options.stack.times.length - 1);
    this.element.addEventListener('keydown', event => this.#press(event));
    this.element.addEventListener('blur', () => this.#point(undefined));
    // The first size comes before the first paint.
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(this.element);
  }

  /** Draws anew in the colours of the theme. */
  redraw(): void {
    this.#plot?.redraw(false, true);
  }

  /** Lets one series stand out; undefined for none. */
  highlight(series: number | undefined): void {
    this.#plot?.setSeries(series === undefined ? null : series + 1, { focus: series !== undefined });
  }

  dispose(): void {
    this.#resizing.disconnect();
    this.#plot?.destroy();
  }

  #resize(): void {
    const width = this.element.clientWidth;
    if (width === 0) return;
    if (this.#plot) this.#plot.setSize({ width, height: HEIGHT });
    else this.#plot = this.#draw(width);
  }

  #draw(width: number): uPlot {
    const { stack, unit, previous = [], palette } = this.#options;
    const range = amountRange(this.#spans, previous);
    const count = stack.times.length;
    const options: uPlot.Options = {
      width,
      height: HEIGHT,
      legend: { show: false },
      focus: { alpha: 0.25 },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [-0.5, count - 0.5] },
        y: { range: () => [range[0], range[1]] },
      },
      axes: [timeAxis(stack, palette), amountAxis(unit, palette)],
      series: [
        {},
        ...stack.series.map((_, series) => ({
          fill: (plot: uPlot) => palette.fill(series, plot.ctx),
          paths: (plot: uPlot) => this.#barsOf(plot, series),
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
        drawClear: [plot => this.#shadeUncovered(plot)],
        setCursor: [plot => this.#moved(plot.cursor.idx ?? undefined)],
      },
    };
    const tops = this.#spans.map(({ top }) => [...top]);
    const line = stack.times.map((_, at) => previous[at]);
    const data = [stack.times.map((_, at) => at), ...tops, line] as uPlot.AlignedData;
    return new uPlot(options, data, this.element);
  }

  #barsOf(plot: uPlot, series: number): uPlot.Series.Paths {
    const fill = new Path2D();
    const spans = this.#spans[series];
    const step = Math.abs(plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true));
    const width = Math.max(1, step * SHARE_OF_STEP);
    const gap = width >= GAP_FROM_PX ? 1 : 0;
    spans?.top.forEach((top, at) => {
      const base = spans.base[at] ?? 0;
      if (top === base) return;
      const [y1, y2] = [plot.valToPos(top, 'y', true), plot.valToPos(base, 'y', true)];
      const height = Math.abs(y2 - y1);
      // However little it is, something that was spent can be seen.
      const seen = Math.max(1, height - (height > 3 ? gap : 0));
      fill.rect(plot.valToPos(at, 'x', true) - width / 2, Math.min(y1, y2), width, seen);
    });
    return { fill };
  }

  /** Times that no source speaks for are not times without spend. */
  #shadeUncovered(plot: uPlot): void {
    const { stack, palette } = this.#options;
    const { first, last } = stack.covered;
    const { top, height } = plot.bbox;
    plot.ctx.save();
    plot.ctx.globalAlpha = 0.3;
    plot.ctx.fillStyle = palette.hatch(plot.ctx);
    const shade = (from: number, to: number) => {
      const left = plot.valToPos(from, 'x', true);
      plot.ctx.fillRect(left, top, plot.valToPos(to, 'x', true) - left, height);
    };
    if (first > 0) shade(-0.5, first - 0.5);
    if (last < stack.times.length - 1) shade(last + 0.5, stack.times.length - 0.5);
    plot.ctx.restore();
  }

  #press(event: KeyboardEvent): void {
    const last = this.#options.stack.times.length - 1;
    const now = this.#index ?? last + 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - 7,
      PageUp: now + 7,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (event.key === 'Escape') this.#point(undefined);
    if (next === undefined) return;
    event.preventDefault();
    this.#point(Math.min(last, Math.max(0, next)));
  }

  #point(index: number | undefined): void {
    const left = index === undefined ? -10 : (this.#plot?.valToPos(index, 'x') ?? -10);
    this.#plot?.setCursor({ left, top: index === undefined ? -10 : 0 });
    this.#moved(index);
  }

  #moved(index: number | undefined): void {
    if (index === this.#index) return;
    this.#index = index;
    if (index !== undefined) this.#tellValue(index);
    this.#options.pointed(index);
  }

  #tellValue(index: number): void {
    setAttribute(this.element, 'aria-valuenow', index + 1);
    setAttribute(this.element, 'aria-valuetext', this.#options.pointText(index));
  }
}

/** A step over each time at the height of its sum in the period before; a gap where there was none. */
function previousLine(plot: uPlot, sums: readonly (number | undefined)[], count: number): uPlot.Series.Paths {
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
