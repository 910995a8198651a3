import type { Stack } from './stack.ts';

/** Where the bars of one series begin and end at each time, as amounts; both are equal where there is no bar. */
export interface BarSpans {
  readonly base: readonly number[];
  readonly top: readonly number[];
}

/** Stacks the series: what was spent upwards, what was refunded downwards. */
export function barSpans({ series, times }: Pick<Stack, 'series' | 'times'>): readonly BarSpans[] {
  const up = times.map(() => 0);
  const down = times.map(() => 0);
  return series.map(({ values }) => {
    const base: number[] = [];
    const top: number[] = [];
    times.forEach((_, at) => {
      const value = values[at] ?? 0;
      const side = value < 0 ? down : up;
      const start = side[at] ?? 0;
      base.push(start);
      top.push(start + value);
      side[at] = start + value;
    });
    return { base, top };
  });
}

/** The lowest and highest amount in a chart, with 0 between them and a margin. */
export function amountRange(
  spans: readonly BarSpans[],
  line: readonly (number | undefined)[],
): readonly [low: number, high: number] {
  let [low, high] = [0, 0];
  const widen = (value: number) => {
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const { top } of spans) for (const value of top) widen(value);
  for (const value of line) widen(value ?? 0);
  return low === 0 && high === 0 ? [0, 1] : [low * 1.06, high * 1.06];
}
