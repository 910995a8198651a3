import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Range } from '../core/usage/range.ts';

type Row = Readonly<Record<string, unknown>>;

/** Readings in a row of one way and one scale, and between which moments it held for certain. Epoch milliseconds. */
interface ScaleRun {
  readonly scale: string;
  readonly from: number;
  to: number;
}

/** By which scales a key was read: rows of a log are the gateway's own numbers, and do not say what they were worth. */
export class ScaleTable {
  readonly #series: StatementSync;
  readonly #rows: StatementSync;

  constructor(database: DatabaseSync) {
    this.#series = database.prepare(
      `SELECT series.* FROM series JOIN keys ON keys.no = key_no WHERE id = ? AND source <> 'before' ORDER BY series.no`,
    );
    this.#rows = database.prepare(
      `SELECT at, lasted, series_no FROM readings JOIN keys ON keys.no = key_no WHERE id = ? ORDER BY at`,
    );
  }

  /** Whether some of a range may have been spent by another unit, scale or rate than the one that is read by now. */
  hasChangedIn(keyId: string, range: Range): boolean {
    const series = this.#series.all(keyId);
    const scales = scalesOf(series);
    if (new Set(scales.values()).size < 2) return false;
    const known = new Map(series.map(row => [row.no, sourceOf(row)]));
    const readings = this.#rows.all(keyId).filter(row => known.has(row.series_no));
    const byWay = Map.groupBy(readings, row => known.get(row.series_no));
    return [...byWay.values()].some(rows => isAnotherAmong(runsOf(rows, scales), range));
  }
}

/** Figures of one way compare with each other; billing has its amounts converted, which is no other scale. */
function sourceOf({ source }: Row): string {
  return String(source).split(' ').slice(2).join(' ');
}

/** A name for the scale of each series. The same key that begins anew by the same scale has had its rate changed. */
function scalesOf(series: readonly Row[]): Map<unknown, string> {
  const before = new Map<string, number>();
  return new Map(
    series.map(({ no, code, symbol, per_unit, fingerprint, source }) => {
      const kind = JSON.stringify([code, symbol, per_unit, fingerprint, source]);
      const times = before.get(kind) ?? 0;
      before.set(kind, times + 1);
      return [no, JSON.stringify([code, symbol, per_unit, times])];
    }),
  );
}

function runsOf(rows: readonly Row[], scales: ReadonlyMap<unknown, string>): ScaleRun[] {
  const runs: ScaleRun[] = [];
  for (const { at, lasted, series_no } of rows) {
    const scale = scales.get(series_no) ?? '';
    const [from, to] = [Number(at) * 1000, (Number(at) + Number(lasted)) * 1000];
    const last = runs.at(-1);
    if (last?.scale === scale) last.to = to;
    else runs.push({ scale, from, to });
  }
  return runs;
}

/** Between the last look by one scale and the first by the next, either may have held. */
function isAnotherAmong(runs: readonly ScaleRun[], range: Range): boolean {
  const now = runs.at(-1)?.scale;
  return runs.some(({ scale, from }, index) => {
    const since = runs[index - 1]?.to ?? from;
    const until = runs[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return scale !== now && since < range.to && until > range.from;
  });
}
