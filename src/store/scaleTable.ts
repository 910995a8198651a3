import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { ScaleRun } from '../core/ledger/scaleTimes.ts';
import type { Range } from '../core/usage/range.ts';
import { unitOf } from './ledger/spendSeries.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

/** A scale, with a name that tells it from others. */
interface NamedScale extends Pick<ScaleRun, 'unit' | 'perUnit'> {
  readonly name: string;
}

/** Readings in a row of one way and one scale. */
interface NamedRun extends ScaleRun {
  readonly name: string;
}

/** By which scales a key was read: rows of a log are the gateway's own numbers, and do not say what they were worth. */
export class ScaleTable {
  readonly #series: StatementSync;
  readonly #edges: StatementSync;
  readonly #first: StatementSync;
  readonly #last: StatementSync;

  constructor(database: DatabaseSync) {
    this.#series = database.prepare(
      `SELECT series.* FROM series JOIN keys ON keys.no = key_no WHERE id = ? AND source <> 'before' ORDER BY series.no`,
    );
    const readings = (columns: string) =>
      `SELECT at, lasted, series_no${columns} FROM readings JOIN keys ON keys.no = key_no WHERE id = ?`;
    // Only the first and the last reading of each run of one series matter, of thousands.
    this.#edges = database.prepare(
      `SELECT * FROM (${readings(
        ', lag(series_no) OVER (ORDER BY at) AS before, lead(series_no) OVER (ORDER BY at) AS next',
      )}) WHERE before IS NOT series_no OR next IS NOT series_no ORDER BY at`,
    );
    this.#first = database.prepare(`${readings('')} ORDER BY at LIMIT 1`);
    this.#last = database.prepare(`${readings('')} ORDER BY at DESC LIMIT 1`);
  }

  /** Whether the unit, scale or rate was another than the current one within a range. */
  hasChangedIn(keyId: string, range: Range): boolean {
    return this.#runsByWay(keyId).some(runs => isAnotherAmong(runs, range));
  }

  /** By which scales a key was read, for each way of reading, oldest first. */
  scaleRuns(keyId: string): readonly (readonly ScaleRun[])[] {
    return this.#runsByWay(keyId).map(runs =>
      runs.map(({ unit, perUnit, from, to }) => ({ unit, perUnit, from, to })),
    );
  }

  #runsByWay(keyId: string): readonly (readonly NamedRun[])[] {
    const series = this.#series.all(keyId);
    const scales = scalesOf(series);
    const known = new Map(series.map(row => [row.no, sourceOf(row)]));
    const readings = this.#rowsOf(keyId, new Set([...scales.values()].map(({ name }) => name)).size);
    const byWay = Map.groupBy(
      readings.filter(row => known.has(row.series_no)),
      row => known.get(row.series_no),
    );
    return [...byWay.values()].map(rows => runsOf(rows, scales));
  }

  #rowsOf(keyId: string, scales: number): readonly Row[] {
    if (scales > 1) return this.#edges.all(keyId);
    return [this.#first.get(keyId), this.#last.get(keyId)].filter(row => row !== undefined);
  }
}

/**
 * The way of reading of a series, whose figures compare with each other. Billing's converted amounts are no other
 * scale.
 */
function sourceOf({ source }: Row): string {
  return String(source).split(' ').slice(2).join(' ');
}

/** The scale of each series. Two series in a row with the same secret and scale mean that the rate has changed. */
function scalesOf(series: readonly Row[]): Map<unknown, NamedScale> {
  const before = new Map<string, number>();
  return new Map(
    series.map(({ no, code, symbol, per_unit, fingerprint, source }) => {
      const kind = JSON.stringify([code, symbol, per_unit, fingerprint, source]);
      const times = before.get(kind) ?? 0;
      before.set(kind, times + 1);
      const name = JSON.stringify([code, symbol, per_unit, times]);
      return [no, { unit: unitOf({ code, symbol }), perUnit: Number(per_unit), name }];
    }),
  );
}

function runsOf(rows: readonly Row[], scales: ReadonlyMap<unknown, NamedScale>): readonly NamedRun[] {
  const runs: NamedRun[] = [];
  for (const { at, lasted, series_no } of rows) {
    const scale = scales.get(series_no);
    if (!scale) continue;
    const [from, to] = [Number(at) * 1000, (Number(at) + Number(lasted)) * 1000];
    const last = runs.at(-1);
    if (last?.name === scale.name) runs[runs.length - 1] = { ...last, to };
    else runs.push({ ...scale, from, to });
  }
  return runs;
}

/** Between the last look by one scale and the first by the next, either may have held. */
function isAnotherAmong(runs: readonly NamedRun[], range: Range): boolean {
  const now = runs.at(-1)?.name;
  return runs.some(({ name, from }, index) => {
    const since = runs[index - 1]?.to ?? from;
    const until = runs[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return name !== now && since < range.to && until > range.from;
  });
}
