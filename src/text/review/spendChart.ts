import * as l10n from '@vscode/l10n';
import type { Unit } from '../../core/quota/unit.ts';
import { amountText } from '../amount.ts';
import { escapeHtml } from '../escapeHtml.ts';
import { isolatedName } from '../isolatedName.ts';
import { isWide } from '../wideCharacter.ts';

/** What one key spent on each day of a chart. */
export interface ChartSeries {
  readonly name: string;
  /** By day (`2026-06-01`); a day that is absent has no known spend. */
  readonly spent: ReadonlyMap<string, number>;
}

/** Colors that can be told apart in print and by people who do not see red or green. */
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
/** Where the bars are; further right where the amounts beside them need more room. */
const PLOT = { left: 80, top: 16, right: 888, bottom: 250 };
type Plot = typeof PLOT;
/** Between an amount and the bars, and to the edge of the picture. */
const AMOUNT_MARGIN = 8;
const TICKS = 4;
const MAX_DAY_LABELS = 12;
const LEGEND_ROWS = 2;
const LEGEND_COLUMNS = 4;

/**
 * Spend by day as stacked bars, one color a key, as an SVG picture that stands alone. At most eight series. `uncovered` are
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
  const amounts = Array.from({ length: TICKS + 1 }, (_, index) => (top / TICKS) * index);
  const labels = amounts.map(amount => amountText(amount, unit, 'short', 'nearest'));
  const left = Math.max(PLOT.left, 2 * AMOUNT_MARGIN + Math.ceil(Math.max(...labels.map(widthOf))));
  const plot = { ...PLOT, left };
  const y = (amount: number) => plot.bottom - (amount / top) * (plot.bottom - plot.top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#333">`,
    `<title>${escapeHtml(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...shades(days, uncovered, plot),
    ...ticks(amounts.map(y), labels, plot),
    ...bars(days, series, y, unit, plot),
    ...dayLabels(days, plot),
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

/** Shaded areas for days whose spend is not known, which must not look like days without spend. */
function shades(
  days: readonly string[],
  uncovered: ReadonlySet<string>,
  { left, top, right, bottom }: Plot,
): string[] {
  const step = (right - left) / Math.max(1, days.length);
  return days.flatMap((day, index) =>
    uncovered.has(day)
      ? [
          `<rect class="uncovered" x="${round(left + step * index)}" y="${top}" width="${round(step)}" height="${bottom - top}" fill="#e8e8e8"/>`,
        ]
      : [],
  );
}

function ticks(places: readonly number[], labels: readonly string[], { left, right }: Plot): string[] {
  return places.map((place, index) => {
    const at = round(place);
    const label = escapeHtml(labels[index] ?? '');
    return `<path d="M${left} ${at}H${right}" stroke="#ddd"/><text x="${left - AMOUNT_MARGIN}" y="${at + 4}" text-anchor="end">${label}</text>`;
  });
}

function bars(
  days: readonly string[],
  series: readonly ChartSeries[],
  y: (amount: number) => number,
  unit: Unit,
  { left, right }: Plot,
): string[] {
  const step = (right - left) / Math.max(1, days.length);
  return days.flatMap((day, index) => {
    let below = 0;
    return series.flatMap(({ name, spent }, place) => {
      const amount = spent.get(day) ?? 0;
      if (!(amount > 0)) return [];
      const [bottom, top] = [y(below), y(below + amount)];
      below += amount;
      const about = escapeHtml(
        l10n.t('{0}, {1}: {2}', day, isolatedName(name), amountText(amount, unit, 'cents', 'nearest')),
      );
      return [
        `<rect x="${round(left + step * (index + 0.1))}" y="${round(top)}" width="${round(step * 0.8)}" height="${round(bottom - top)}" fill="${colorOf(place)}"><title>${about}</title></rect>`,
      ];
    });
  });
}

function dayLabels(days: readonly string[], { left, right, bottom }: Plot): string[] {
  const step = (right - left) / Math.max(1, days.length);
  const every = Math.ceil(days.length / MAX_DAY_LABELS);
  return days.flatMap((day, index) =>
    index % every === 0
      ? [
          `<text x="${round(left + step * (index + 0.5))}" y="${bottom + 18}" text-anchor="middle">${escapeHtml(day.slice(5))}</text>`,
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
    // A nested `<svg>` clips what is still too wide.
    return `<rect x="${round(x)}" y="${top}" width="12" height="12" fill="${colorOf(place)}"/><svg x="${round(x + 18)}" y="${top - 2}" width="${round(width - 24)}" height="18"><text y="13" style="unicode-bidi:isolate">${label}</text></svg>`;
  });
}

/**
 * The widths of wide characters and of others, in text of 12 pixels: estimated, since nothing can be measured in a
 * file.
 */
const [WIDE_WIDTH, USUAL_WIDTH] = [12, 6.5];
const MAX_NAME_WIDTH = 170;

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (isWide(character) ? WIDE_WIDTH : USUAL_WIDTH), 0);
}

function shortened(name: string): string {
  if (widthOf(name) <= MAX_NAME_WIDTH) return name;
  const characters = [...name];
  const tooMany = characters.findIndex(
    (_, at) => widthOf(`${characters.slice(0, at + 1).join('')}…`) > MAX_NAME_WIDTH,
  );
  return `${characters.slice(0, tooMany).join('')}…`;
}

function colorOf(place: number): string {
  return COLORS[place % COLORS.length] ?? COLORS[0];
}

function round(position: number): number {
  return Math.round(position * 100) / 100;
}
