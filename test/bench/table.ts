import { type Figure, holds } from './measure.ts';

/** The figures of one measure as lines of text, one a figure. */
export function tableOf(title: string, figures: readonly Figure[], seconds: number): string {
  const rows = figures.map(figure => [
    holds(figure) ? 'ok' : 'FAILS',
    figure.what,
    amount(figure.value, figure.unit),
    `${figure.atLeast ? '≥' : '≤'} ${amount(figure.bound, figure.unit)}`,
  ]);
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(([verdict = '', what = '', value = '', bound = '']) =>
    [
      verdict.padEnd(widths[0] ?? 0),
      what.padEnd(widths[1] ?? 0),
      value.padStart(widths[2] ?? 0),
      bound.padStart(widths[3] ?? 0),
    ].join('  '),
  );
  return `${title} (${seconds.toFixed(0)} s)\n${lines.map(line => `  ${line}\n`).join('')}\n`;
}

function amount(value: number, unit: string): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}
