import * as l10n from '@vscode/l10n';
import type { Unit } from '../../core/quota/unit.ts';
import { amountText } from '../amount.ts';
import { escapeHtml } from '../escapeHtml.ts';

/** What one key spent on each day of a chart. */
export interface ChartSeries {
  readonly name: string;
  /** By day (`2026-06-01`); a day that is absent has no known spend. */
  readonly spent: ReadonlyMap<string, number>;
}

/** Colours that stay apart in print and for eyes that see no red or green. */
const COLORS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#7f7f7f',
  '#b8a200',
] as const;
const [WIDTH, HEIGHT] = [900, 320];
const PLOT = { left: 80, top: 16, right: 888, bottom: 250 } as const;
const TICKS = 4;
const MAX_DAY_LABELS = 12;
const LEGEND_ROWS = 2;
const LEGEND_COLUMNS = 4;

/**
 * Spend by day as stacked bars, one colour a key, as an SVG picture that stands alone. At most eight series. `uncovered` are
 * the days whose spend is not known, or only in part.
 */
export function spendChart(
  title: string,
  days: readonly string[],
  series: readonly ChartSeries[],
  unit: Unit,
  uncovered: ReadonlySet<string>,
): string {
  const sums = days.map(day => series.reduce((sum, { spent }) => sum + Math.max(0, spent.get(day) ?? 0), 0));
  const top = niceCeiling(Math.max(...sums, 0));
  const y = (amount: number) => PLOT.bottom - (amount / top) * (PLOT.bottom - PLOT.top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#333">`,
    `<title>${escapeHtml(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...shades(days, uncovered),
    ...ticks(top, y, unit),
    ...bars(days, series, y, unit),
    ...dayLabels(days),
    ...legend(series),
    '</svg>',
  ].join('\n');
}

/** The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not below an amount. */
function niceCeiling(amount: number): number {
  if (!(amount > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(amount));
  return ([1, 2, 2.5, 5].find(step => step * power >= amount) ?? 10) * power;
}

/** What is not known must not look like nothing. */
function shades(days: readonly string[], uncovered: ReadonlySet<string>): string[] {
  const step = (PLOT.right - PLOT.left) / Math.max(1, days.length);
  return days.flatMap((day, index) =>
    uncovered.has(day)
      ? [
          `<rect class="uncovered" x="${round(PLOT.left + step * index)}" y="${PLOT.top}" width="${round(step)}" height="${PLOT.bottom - PLOT.top}" fill="#e8e8e8"/>`,
        ]
      : [],
  );
}

function ticks(top: number, y: (amount: number) => number, unit: Unit): string[] {
  return Array.from({ length: TICKS + 1 }, (_, index) => {
    const amount = (top / TICKS) * index;
    const at = round(y(amount));
    const label = escapeHtml(amountText(amount, unit, 'short', 'nearest'));
    return `<path d="M${PLOT.left} ${at}H${PLOT.right}" stroke="#ddd"/><text x="${PLOT.left - 8}" y="${at + 4}" text-anchor="end">${label}</text>`;
  });
}

function bars(
  days: readonly string[],
  series: readonly ChartSeries[],
  y: (amount: number) => number,
  unit: Unit,
): string[] {
  const step = (PLOT.right - PLOT.left) / Math.max(1, days.length);
  return days.flatMap((day, index) => {
    let below = 0;
    return series.flatMap(({ name, spent }, place) => {
      const amount = spent.get(day) ?? 0;
      if (!(amount > 0)) return [];
      const [bottom, top] = [y(below), y(below + amount)];
      below += amount;
      const about = escapeHtml(
        l10n.t('{0}, {1}: {2}', day, name, amountText(amount, unit, 'cents', 'nearest')),
      );
      return [
        `<rect x="${round(PLOT.left + step * (index + 0.1))}" y="${round(top)}" width="${round(step * 0.8)}" height="${round(bottom - top)}" fill="${colorOf(place)}"><title>${about}</title></rect>`,
      ];
    });
  });
}

function dayLabels(days: readonly string[]): string[] {
  const step = (PLOT.right - PLOT.left) / Math.max(1, days.length);
  const every = Math.ceil(days.length / MAX_DAY_LABELS);
  return days.flatMap((day, index) =>
    index % every === 0
      ? [
          `<text x="${round(PLOT.left + step * (index + 0.5))}" y="${PLOT.bottom + 18}" text-anchor="middle">${escapeHtml(day.slice(5))}</text>`,
        ]
      : [],
  );
}

function legend(series: readonly ChartSeries[]): string[] {
  const width = (PLOT.right - PLOT.left) / LEGEND_COLUMNS;
  return series.slice(0, LEGEND_ROWS * LEGEND_COLUMNS).map(({ name }, place) => {
    const x = PLOT.left + (place % LEGEND_COLUMNS) * width;
    const top = PLOT.bottom + 34 + Math.floor(place / LEGEND_COLUMNS) * 20;
    const label = escapeHtml(shortened(name));
    return `<rect x="${round(x)}" y="${top}" width="12" height="12" fill="${colorOf(place)}"/><text x="${round(x + 18)}" y="${top + 11}" style="unicode-bidi:isolate">${label}</text>`;
  });
}

const MAX_NAME = 26;

function shortened(name: string): string {
  const signs = [...name];
  return signs.length <= MAX_NAME ? name : `${signs.slice(0, MAX_NAME - 1).join('')}…`;
}

function colorOf(place: number): string {
  return COLORS[place % COLORS.length] ?? COLORS[0];
}

function round(position: number): number {
  return Math.round(position * 100) / 100;
}
