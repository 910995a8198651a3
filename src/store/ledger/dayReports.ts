import type { DatabaseSync } from 'node:sqlite';
import { dayFrom, dayText } from '../../core/ledger/dayText.ts';
import type { DayAmounts, LedgerDay, LedgerLine } from '../../core/ports/ledgerTable.ts';
import type { DaySums } from './daySums.ts';
import { type Period, PeriodSums } from './periodSums.ts';
import { addFigures, type SpendFigures } from './spendFigures.ts';
import type { SpendLine, SpendLines } from './spendLines.ts';
import type { KeyOfSeries, LedgerKey, SpendSeriesTable } from './spendSeries.ts';

interface ReportTables {
  readonly series: SpendSeriesTable;
  readonly lines: SpendLines;
  readonly days: DaySums;
}

/** A line with all that its figures need to be understood. */
interface NamedLine extends SpendLine {
  readonly of: KeyOfSeries;
}

type Add = (lineNo: number, firstDay: number, figures: SpendFigures) => void;

/** Spend by local days as the rest of the program reads it. */
export class DayReports {
  readonly #tables: ReportTables;
  readonly #sums: PeriodSums;

  constructor(database: DatabaseSync, tables: ReportTables) {
    this.#tables = tables;
    this.#sums = new PeriodSums(database);
  }

  /** By day, of one key or of all; both ends are in it. */
  byDay(from: string, to: string, keyId?: string): LedgerDay[] {
    const days = { first: dayFrom(from), end: dayFrom(to) + 1 };
    return this.#report(
      keyId,
      (keyNo, add) => this.#sums.forEachDay(days, keyNo, add),
      days,
      day => day,
    );
  }

  /** By day, of one key: line by line. */
  byLine(from: string, to: string, keyId: string): LedgerLine[] {
    const key = this.#tables.series.findKey(keyId);
    if (!key) return [];
    const days = { first: dayFrom(from), end: dayFrom(to) + 1 };
    const lines = this.#linesOf(keyId, key);
    const partsOf = (no: number) => lines.get(no)?.of.series.parts ?? 1;
    const byLine = this.#tables.days.isStale(key.no)
      ? this.#daysFromCells(key, days, partsOf)
      : this.#sums.daysByLine(days, key.no, partsOf);
    return [...byLine].flatMap(([no, ofLine]) => {
      const line = lines.get(no);
      if (!line) return [];
      const { keyName, model, of } = line;
      const { source, unit, perUnit } = of.series;
      return [{ source, keyName, model, unit, perUnit, days: ofLine }];
    });
  }

  /** By several days in a row, which begin with `firstDays`, in order; the last ends before `end`. */
  byPeriod(firstDays: readonly string[], end: string, keyId?: string): LedgerDay[] {
    const starts = firstDays.map(dayFrom);
    const periods = starts.map((first, index): Period => ({ first, end: starts[index + 1] ?? dayFrom(end) }));
    const days = { first: starts[0] ?? 0, end: periods.at(-1)?.end ?? 0 };
    const firstOf = (day: number) => periods.findLast(({ first }) => first <= day)?.first ?? day;
    return this.#report(keyId, (keyNo, add) => this.#sums.forEachPeriod(periods, keyNo, add), days, firstOf);
  }

  /** `read` reads the sums that there are; those of keys that have none of this zone are made of their cells. */
  #report(
    keyId: string | undefined,
    read: (keyNo: number | undefined, add: Add) => void,
    days: Period,
    firstOf: (day: number) => number,
  ): LedgerDay[] {
    const key = keyId === undefined ? undefined : this.#tables.series.findKey(keyId);
    if (keyId !== undefined && !key) return [];
    const lines = key && keyId !== undefined ? this.#linesOf(keyId, key) : this.#allLines();
    const stale = this.#tables.days.staleKeys();
    const result: LedgerDay[] = [];
    const add = (line: NamedLine, day: number, figures: SpendFigures) => {
      result.push(ledgerDay(line, dayText(day), figures));
    };
    read(key?.no, (no, day, figures) => {
      const line = lines.get(no);
      if (line && !stale.has(line.of.series.keyNo)) add(line, day, figures);
    });
    for (const [no, byDay] of this.#fromCells(stale, lines, days)) {
      const line = lines.get(no);
      if (line) for (const [first, figures] of merged(byDay, firstOf)) add(line, first, figures);
    }
    return result;
  }

  #linesOf(keyId: string, { no, fingerprint }: LedgerKey): Map<number, NamedLine> {
    const { series, lines } = this.#tables;
    return new Map(
      series.allOf(no).flatMap(series => {
        const of = { keyId, fingerprint, series };
        return lines.ofSeries(series.no).map(line => [line.no, { ...line, of }] as const);
      }),
    );
  }

  #allLines(): Map<number, NamedLine> {
    const series = new Map(this.#tables.series.allWithKeys().map(each => [each.series.no, each]));
    const named = new Map<number, NamedLine>();
    for (const line of this.#tables.lines.allLines()) {
      const of = series.get(line.seriesNo);
      if (of) named.set(line.no, { ...line, of });
    }
    return named;
  }

  #daysFromCells(
    key: LedgerKey,
    days: Period,
    partsOf: (no: number) => number,
  ): Map<number, readonly DayAmounts[]> {
    const byLine = this.#tables.days.fromCells(key, this.#tables.series.allOf(key.no), days);
    const amountsOf = (no: number, byDay: ReadonlyMap<number, SpendFigures>) =>
      [...byDay].map(([day, { raw, requests, prompt, completion }]) => ({
        day: dayText(day),
        raw: raw / partsOf(no),
        requests: requests ?? undefined,
        tokens: prompt === null ? (completion ?? undefined) : prompt + (completion ?? 0),
      }));
    return new Map([...byLine].map(([no, byDay]) => [no, amountsOf(no, byDay)]));
  }

  *#fromCells(stale: ReadonlySet<number>, lines: ReadonlyMap<number, NamedLine>, days: Period) {
    const keys = new Map([...lines.values()].map(({ of }) => [of.series.keyNo, of]));
    for (const [keyNo, { fingerprint }] of keys) {
      if (!stale.has(keyNo)) continue;
      const series = this.#tables.series.allOf(keyNo);
      yield* this.#tables.days.fromCells({ no: keyNo, fingerprint }, series, days);
    }
  }
}

/** Written member by member, since a month of a hundred keys has more than twenty thousand rows. */
function ledgerDay({ keyName, model, of }: NamedLine, day: string, figures: SpendFigures): LedgerDay {
  const { keyId, series } = of;
  return {
    keyId,
    day,
    source: series.source,
    keyName,
    model,
    unit: series.unit,
    raw: figures.raw / series.parts,
    perUnit: series.perUnit,
    requests: figures.requests ?? undefined,
    promptTokens: figures.prompt ?? undefined,
    completionTokens: figures.completion ?? undefined,
  };
}

function merged(
  byDay: ReadonlyMap<number, SpendFigures>,
  firstOf: (day: number) => number,
): Map<number, SpendFigures> {
  const sums = new Map<number, SpendFigures>();
  for (const [day, figures] of byDay) {
    const first = firstOf(day);
    sums.set(first, addFigures(sums.get(first), figures));
  }
  return sums;
}
