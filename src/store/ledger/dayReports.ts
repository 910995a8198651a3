import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { dayFrom, dayText } from '../../core/ledger/localDays.ts';
import type { LedgerDay } from '../../core/ports/ledgerTable.ts';
import type { DaySpan } from './dayFigures.ts';
import type { DaySums } from './daySums.ts';
import { amountsOf } from './ledgerCells.ts';
import { FIGURE_COLUMNS, figuresOf, type SpendFigures } from './spendFigures.ts';
import type { SpendLine, SpendLines } from './spendLines.ts';
import type { KeyOfSeries, SpendSeriesTable } from './spendSeries.ts';

interface ReportTables {
  readonly series: SpendSeriesTable;
  readonly lines: SpendLines;
  readonly days: DaySums;
}

/** A line with all that a day's figures need to be understood. */
interface NamedLine extends SpendLine {
  readonly of: KeyOfSeries;
}

type Row = [lineNo: number, day: number, ...figures: (number | null)[]];

/** Spend by local day as the rest of the program reads it. */
export class DayReports {
  readonly #tables: ReportTables;
  readonly #all: StatementSync;
  readonly #ofKey: StatementSync;

  constructor(database: DatabaseSync, tables: ReportTables) {
    this.#tables = tables;
    // In this order, a day's rows are found without reading those of other days.
    const query = (lines: string) =>
      `SELECT line_no, at, ${FIGURE_COLUMNS} FROM ${lines} CROSS JOIN spend_days ON line_no = line.no
       WHERE at >= ?1 AND at < ?2`;
    this.#all = database.prepare(query('spend_lines AS line'));
    this.#ofKey = database.prepare(
      `${query('spend_series AS series CROSS JOIN spend_lines AS line ON series_no = series.no')} AND key_no = ?3`,
    );
    for (const statement of [this.#all, this.#ofKey]) statement.setReturnArrays(true);
  }

  /** Of one key, or of all; both ends are in it. */
  byDay(from: string, to: string, keyId?: string): LedgerDay[] {
    const days = { first: dayFrom(from), end: dayFrom(to) + 1 };
    const lines = this.#namedLines(keyId);
    const stale = this.#tables.days.staleKeys();
    const texts = new Map<number, string>();
    const result: LedgerDay[] = [];
    const add = (line: NamedLine | undefined, day: number, figures: SpendFigures) => {
      if (!line) return;
      const text = texts.get(day) ?? dayText(day);
      texts.set(day, text);
      const { keyName, model, of } = line;
      const { keyId, series } = of;
      result.push({ keyId, day: text, source: series.source, keyName, model, ...amountsOf(figures, series) });
    };
    for (const row of this.#rows(days, keyId)) {
      const line = lines.get(row[0]);
      if (line && !stale.has(line.of.series.keyNo)) add(line, row[1], figuresOf(row, 2));
    }
    for (const [no, byDay] of this.#fromCells(stale, lines, days))
      for (const [day, figures] of byDay) add(lines.get(no), day, figures);
    return result;
  }

  #rows(days: DaySpan, keyId: string | undefined): Row[] {
    if (keyId === undefined) return this.#all.all(days.first, days.end) as unknown as Row[];
    const key = this.#tables.series.findKey(keyId);
    return key ? (this.#ofKey.all(days.first, days.end, key.no) as unknown as Row[]) : [];
  }

  #namedLines(keyId: string | undefined): Map<number, NamedLine> {
    const series = new Map(this.#tables.series.allWithKeys().map(each => [each.series.no, each]));
    const named = new Map<number, NamedLine>();
    for (const line of this.#tables.lines.all()) {
      const of = series.get(line.seriesNo);
      if (of && (keyId === undefined || of.keyId === keyId)) named.set(line.no, { ...line, of });
    }
    return named;
  }

  /** The days of keys that have none of this zone yet. */
  *#fromCells(stale: ReadonlySet<number>, lines: ReadonlyMap<number, NamedLine>, days: DaySpan) {
    const keys = new Map([...lines.values()].map(({ of }) => [of.series.keyNo, of]));
    for (const [keyNo, { fingerprint }] of keys) {
      if (!stale.has(keyNo)) continue;
      const series = this.#tables.series.allOf(keyNo);
      yield* this.#tables.days.fromCells({ no: keyNo, fingerprint }, series, days);
    }
  }
}
