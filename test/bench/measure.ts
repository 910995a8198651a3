/** A figure together with the bound it must keep. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** What the figure must not pass; with `atLeast`, what it must reach. */
  readonly bound: number;
  readonly atLeast?: boolean;
  /** `ms`, `MB`, `×`…; nothing for a plain count. */
  readonly unit: string;
}

interface MeasureOptions {
  /** A shorter run, to see quickly whether it works at all; the figures are rougher. */
  readonly quick: boolean;
}

/** One row of the table of what must hold. */
export interface Measure {
  /** What `--only` names. */
  readonly name: string;
  readonly title: string;
  run(options: MeasureOptions): Promise<readonly Figure[]>;
}

export function holds({ value, bound, atLeast }: Figure): boolean {
  return atLeast ? value >= bound : value <= bound;
}

/** The value that this share of values does not exceed; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
