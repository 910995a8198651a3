import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { dayOf } from '../../core/ledger/localDays.ts';
import { mergeSpans } from '../../core/ledger/spans.ts';
import { zoneId } from '../../core/ledger/zoneId.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { QUARTER_S } from '../../core/time.ts';
import { CellTable } from './cellTable.ts';
import { type CellTables, DayFigures } from './dayFigures.ts';
import { DayRebuild } from './dayRebuild.ts';
import type { Period } from './periodSums.ts';
import type { SpendFigures } from './spendFigures.ts';
import { isSameLog, type LedgerKey, type SpendSeries } from './spendSeries.ts';

/** Sums by local day, beside the cells they are made of. Days of a zone cannot be made of those of another one. */
export class DaySums {
  readonly table: CellTable;
  readonly #tables: CellTables;
  readonly #figures: DayFigures;
  readonly #rebuild: DayRebuild;
  readonly #anySeries: StatementSync;
  readonly #stale: StatementSync;

  constructor(database: DatabaseSync, tables: CellTables) {
    this.table = new CellTable(database, 'spend_days');
    this.#tables = tables;
    this.#figures = new DayFigures(tables);
    this.#rebuild = new DayRebuild(database);
    this.#anySeries = database.prepare('SELECT 1 FROM spend_series LIMIT 1');
    this.#stale = database.prepare(
      `SELECT DISTINCT series.key_no AS no FROM spend_series AS series
       LEFT JOIN spend_zones AS known ON known.key_no = series.key_no WHERE zone IS NOT ? ORDER BY no`,
    );
  }

  /** The keys whose days are those of another zone, or not made yet. */
  staleKeys(): ReadonlySet<number> {
    // Skips finding out the zone, which takes longer than the rest of the hourly work.
    if (!this.#anySeries.get()) return new Set();
    return new Set(this.#stale.all(zoneId()).map(row => Number(row.no)));
  }

  isStale(keyNo: number): boolean {
    return this.#rebuild.isStale(keyNo);
  }

  /** Begins a key's days in the present zone. Called inside a transaction. */
  begin(keyNo: number): void {
    this.#rebuild.noteMade(keyNo);
  }

  /** Has all days of a key rebuilt in steps; until then they are read from its cells. Called inside a transaction. */
  discard(keyNo: number): void {
    this.#rebuild.noteNoneMade(keyNo);
  }

  /** Rebuilds some more of a key's days; returns whether there are others. Called inside a transaction. */
  rebuildStep(key: LedgerKey, series: readonly SpendSeries[]): boolean {
    const step = this.#rebuild.nextStep(key.no);
    if (step) this.#replace(key, series, step);
    const hasMore = step !== undefined && !step.isLast;
    this.#rebuild.noteMade(key.no, hasMore ? step.end : undefined);
    return hasMore;
  }

  /** A key's days from its cells. */
  fromCells(
    key: LedgerKey,
    series: readonly SpendSeries[],
    days: Period,
  ): Map<number, Map<number, SpendFigures>> {
    return this.#figures.byLine(series, key.fingerprint, days);
  }

  /**
   * Rebuilds the days in which a key's cells have changed, or another source counts by what is covered now. Epoch
   * seconds. Called inside a transaction.
   */
  update(
    key: LedgerKey,
    series: readonly SpendSeries[],
    changed: readonly TimeSpan[],
    covered: readonly TimeSpan[],
  ): void {
    const isStale = this.isStale(key.no);
    const made = isStale ? this.#rebuild.madeUntil(key.no) : Number.POSITIVE_INFINITY;
    if (made === undefined) {
      // Days of another zone are outdated; all are rebuilt in the background.
      this.discard(key.no);
      return;
    }
    const isAlone = series.every(each => series[0] && isSameLog(each, series[0]));
    const spans = isAlone ? changed : [...changed, ...this.#widened(series, covered)];
    const days = spans.map(({ from, to }) => ({ from: dayOf(from * 1000), to: dayOf((to - 1) * 1000) + 1 }));
    // Days that are not built yet will be built from the changed cells.
    for (const { from, to } of mergeSpans(days))
      if (from < made) this.#replace(key, series, { first: from, end: Math.min(to, made) });
  }

  #replace(key: LedgerKey, series: readonly SpendSeries[], days: Period): void {
    const byLine = this.fromCells(key, series, days);
    // Lines that still have days, but no cells any more, lose their days.
    const lines = series.flatMap(({ no }) => this.table.linesIn(no, days.first, days.end));
    for (const line of new Set([...byLine.keys(), ...lines])) {
      const before = this.table.cellsBetween(line, days.first, days.end);
      this.table.replace(line, before, byLine.get(line) ?? new Map(), () => true);
    }
  }

  /** From a key's first spend on, and with all of the sums that reach into it. */
  #widened(series: readonly SpendSeries[], covered: readonly TimeSpan[]): TimeSpan[] {
    const { log, sums } = this.#tables;
    const firstSeconds = series.flatMap(({ no }) => [log.quarters.firstOf(no) * QUARTER_S, sums.firstOf(no)]);
    const first = Math.min(...firstSeconds);
    const spans = covered.map(({ from, to }) => ({ from: Math.max(from, first), to }));
    const reaching = spans.flatMap(span =>
      series.flatMap(({ no }) => sums.linesIn(no, span)).flatMap(line => sums.overlapping(line, span)),
    );
    return mergeSpans([...spans, ...reaching]);
  }
}
