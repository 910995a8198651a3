import type uPlot from 'uplot';
import type { Unit } from '../../core/quota/unit.ts';
import { amountText, countText } from '../../text/amount.ts';
import { areFiguresHidden, HIDDEN } from '../../text/hiddenFigures.ts';
import type { Palette } from './palette.ts';
import type { Stack } from './stack.ts';
import { timeText } from './timeLabels.ts';

const TIME_STEPS = [1, 2, 3, 4, 6, 7, 12, 14, 24, 28, 30, 60, 90, 120, 180, 365];
const LABEL_SPACE = 56;
/** Between the texts of two times: in Chinese they are wider. */
const LABEL_GAP = 12;

/** The times below a chart. */
export function timeAxis({ times }: Stack, palette: Palette): uPlot.Axis {
  const shortText = (time: string) => timeText(time, 'short');
  const ends = [...times.slice(0, 1), ...times.slice(-1)];
  return {
    ...colors(palette),
    grid: { show: false },
    ticks: { show: false },
    space: Math.max(LABEL_SPACE, maxTextWidth(ends.map(shortText), palette.font) + LABEL_GAP),
    incrs: TIME_STEPS,
    size: 26,
    values: (_, splits) =>
      splits.map(at => {
        const time = times[at];
        return time === undefined ? '' : shortText(time);
      }),
  };
}

/** The amounts beside a chart, with as much room as they need. */
export function amountAxis(unit: Unit, palette: Palette): uPlot.Axis {
  const isCount = unit.code === 'TOKENS' || unit.code === 'UNITS';
  return {
    ...colors(palette),
    grid: { stroke: () => palette.grid, width: 1 },
    ticks: { show: false },
    space: 36,
    size: (_, values) => maxTextWidth(values ?? [], palette.font) + 14,
    values: (_, splits) =>
      splits.map(amount =>
        isCount
          ? areFiguresHidden()
            ? HIDDEN
            : countText(amount, 'short', 'nearest')
          : amountText(amount, unit, 'short', 'nearest'),
      ),
  };
}

function colors(palette: Palette): Pick<uPlot.Axis, 'stroke' | 'font'> {
  return { stroke: () => palette.foreground, font: palette.font };
}

const measuringContext = document.createElement('canvas').getContext('2d');

function maxTextWidth(texts: readonly string[], font: string): number {
  if (!measuringContext) return 0;
  measuringContext.font = font;
  return Math.ceil(Math.max(0, ...texts.map(text => measuringContext.measureText(text).width)));
}
