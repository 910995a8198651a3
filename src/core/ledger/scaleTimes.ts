import type { TimeSpan } from '../ports/ledgerTable.ts';
import { isSameUnit, type Scale, type Unit } from '../quota/unit.ts';

/** Readings in a row by one scale, between the first and the last of which it held for certain. Epoch milliseconds. */
export interface ScaleRun extends TimeSpan {
  readonly unit: Pick<Unit, 'code' | 'symbol'>;
  readonly perUnit: number;
}

type RunScale = Pick<ScaleRun, 'unit' | 'perUnit'>;

/**
 * By which scale a gateway's raw numbers counted when, oldest first: a run for each scale, the first from the beginning of
 * time, the last without end. Between two runs either may have held.
 *
 * @param ways the runs of each way of reading, oldest first. Ways whose amounts the gateway converts itself do not tell what
 *   its raw numbers were worth, but that this has changed.
 * @param present the scale that an answer of `now` counts by; undefined where it is that of the last reading.
 */
export function scaleTimes(
  ways: readonly (readonly ScaleRun[])[],
  present: Scale | undefined,
  now: number,
): readonly ScaleRun[] {
  const raw = latest(ways.filter(way => way.some(isRaw)));
  if (raw && (!present || isRaw(present))) return withoutEnds(upTo(raw, present, now));
  // The scale of what was spent before a converted amount changed its meaning is not known.
  const converted = latest(ways) ?? [];
  const last = converted.at(-1);
  const from = converted.length > 1 && last ? last.from : Number.NEGATIVE_INFINITY;
  const scale = present ? scaleOf(present) : last;
  return scale ? [{ ...scale, from, to: Number.POSITIVE_INFINITY }] : [];
}

/** The times before a run of which nobody knows whether its scale held already. */
export function unclearTimes(runs: readonly ScaleRun[]): readonly TimeSpan[] {
  return runs.flatMap(({ from }, index) => {
    const before = runs[index - 1]?.to ?? (from === Number.NEGATIVE_INFINITY ? from : 0);
    return before < from ? [{ from: before, to: from }] : [];
  });
}

/** Whether two runs have the same unit and as many raw units per unit. */
export function isSameScale(a: RunScale, b: RunScale): boolean {
  return a.perUnit === b.perUnit && isSameUnit(a.unit, b.unit);
}

function latest(ways: readonly (readonly ScaleRun[])[]): readonly ScaleRun[] | undefined {
  return ways.toSorted((a, b) => (b.at(-1)?.to ?? 0) - (a.at(-1)?.to ?? 0))[0];
}

/** Whether amounts are the gateway's own numbers, which keep their meaning. */
function isRaw({ unit, perUnit }: RunScale): boolean {
  return perUnit !== 1 || unit.code === 'TOKENS' || unit.code === 'UNITS';
}

/** An answer by another scale than that of the last reading is the first look by it. */
function upTo(runs: readonly ScaleRun[], present: Scale | undefined, now: number): readonly ScaleRun[] {
  const last = runs.at(-1);
  return !present || (last && isSameScale(last, present))
    ? runs
    : [...runs, { ...scaleOf(present), from: now, to: now }];
}

function withoutEnds(runs: readonly ScaleRun[]): readonly ScaleRun[] {
  return runs.map((run, index) => ({
    ...run,
    from: index === 0 ? Number.NEGATIVE_INFINITY : run.from,
    to: index === runs.length - 1 ? Number.POSITIVE_INFINITY : run.to,
  }));
}

function scaleOf({ unit: { code, symbol }, perUnit }: Scale): RunScale {
  return { unit: { code, ...(symbol !== undefined && { symbol }) }, perUnit };
}
