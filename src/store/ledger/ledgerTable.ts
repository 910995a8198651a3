import type { DatabaseSync } from 'node:sqlite';
import { mergeSpans, subtractSpans } from '../../core/ledger/spans.ts';
import type { LedgerSource, SpendRecord, SpendRecords } from '../../core/ledger/spendRecord.ts';
import type {
  CoveredSpan,
  LedgerCell,
  LedgerDay,
  LedgerLine,
  LedgerTable as LedgerPort,
  LedgerProgress,
  ScaleCoverage,
  TimeSpan,
} from '../../core/ports/ledgerTable.ts';
import { unitId } from '../../core/quota/unit.ts';
import { QUARTER_S } from '../../core/time.ts';
import { AnswerTable } from './answerTable.ts';
import { CoverageTable } from './coverageTable.ts';
import { DayReports } from './dayReports.ts';
import { DaySums } from './daySums.ts';
import { LedgerCells } from './ledgerCells.ts';
import { LogCells } from './logCells.ts';
import { LogIntake } from './logIntake.ts';
import { deleteOldCells } from './oldCells.ts';
import { SpendLines } from './spendLines.ts';
import { isSameLog, type LedgerKey, type SpendSeries, SpendSeriesTable } from './spendSeries.ts';
import { SumCells } from './sumCells.ts';
import { SumIntake } from './sumIntake.ts';

/** Epoch seconds: beyond any clock, and still a valid `Date`. */
const LAST_SECOND = 1e11;

/** The spend ledger: cells of spend by line and time, for which spans they are complete, and sums by local day. */
export class LedgerTable implements LedgerPort {
  readonly #series: SpendSeriesTable;
  readonly #lines: SpendLines;
  readonly #coverage: CoverageTable;
  readonly #answers: AnswerTable;
  readonly #log: LogCells;
  readonly #sums: SumCells;
  readonly #days: DaySums;
  readonly #logIntake: LogIntake;
  readonly #sumIntake: SumIntake;
  readonly #cells: LedgerCells;
  readonly #reports: DayReports;

  constructor(database: DatabaseSync) {
    const series = new SpendSeriesTable(database);
    const lines = new SpendLines(database);
    const coverage = new CoverageTable(database);
    const answers = new AnswerTable(database);
    const log = new LogCells(database);
    const sums = new SumCells(database);
    const days = new DaySums(database, { log, sums, coverage, answers });
    this.#series = series;
    this.#lines = lines;
    this.#coverage = coverage;
    this.#answers = answers;
    this.#log = log;
    this.#sums = sums;
    this.#days = days;
    this.#logIntake = new LogIntake({ lines, cells: log, coverage, answers });
    this.#sumIntake = new SumIntake({ lines, sums, coverage });
    this.#cells = new LedgerCells(lines, log, sums);
    this.#reports = new DayReports(database, { series, lines, days });
  }

  takeIn(keyId: string, fingerprint: string, answer: SpendRecords, now: number, usedRaw?: number): void {
    const key = this.#series.findKey(keyId);
    if (!key) return;
    const before = this.#series.allOf(key.no);
    const log = { keyNo: key.no, source: answer.source, fingerprint };
    this.#answers.saveAnswer(log, answer, now, usedRaw);
    if (!answer.complete) return;
    if (before.length === 0) this.#days.begin(key.no);
    const series = this.#series.seriesFor(key.no, answer.source, fingerprint, answer.scale);
    const others = before.filter(each => each.no !== series.no && isSameLog(each, series));
    const complete = {
      from: Math.max(0, answer.complete.from),
      to: Math.min(answer.complete.to, LAST_SECOND),
    };
    if (answer.source === 'keyLog' && answer.partOf?.isLast !== false)
      this.#logIntake.followClock(series, complete.to, now);
    const coveredBefore = this.#coverage.spansOf(series.no);
    const changed = subtractSpans([complete], answer.holes ?? []).flatMap(span =>
      this.#write(series, others, { ...answer, records: recordsIn(answer.records, span) }, span),
    );
    const covered = subtractSpans(this.#coverage.spansOf(series.no), coveredBefore);
    this.#days.update(key, this.#series.allOf(key.no), changed, covered);
  }

  coverageOf(keyId: string): readonly CoveredSpan[] {
    const key = this.#series.findKey(keyId);
    if (!key) return [];
    const bySource = Map.groupBy(this.#present(key), ({ source }) => source);
    return [...bySource]
      .flatMap(([source, all]) =>
        mergeSpans(all.flatMap(({ no }) => this.#coverage.spansOf(no))).map(({ from, to }) => ({
          source,
          from: from * 1000,
          to: to * 1000,
        })),
      )
      .sort((a, b) => a.from - b.from);
  }

  coverageByScale(keyId: string): readonly ScaleCoverage[] {
    const key = this.#series.findKey(keyId);
    const series = key ? this.#present(key) : [];
    const byScale = Map.groupBy(series, ({ unit, perUnit }) => `${unitId(unit)} ${perUnit}`);
    return [...byScale.values()].flatMap(all => {
      const [first] = all;
      if (!first) return [];
      const spans = all.flatMap(({ no }) => this.#coverage.spansOf(no));
      const covered = mergeSpans(spans).map(({ from, to }) => ({ from: from * 1000, to: to * 1000 }));
      return [{ unit: first.unit, perUnit: first.perUnit, covered }];
    });
  }

  cellsOf(keyId: string, source: LedgerSource, span: TimeSpan): readonly LedgerCell[] {
    return this.#cells.cellsOf(this.#ofSource(keyId, source), span);
  }

  secondsOf(keyId: string, source: LedgerSource, span: TimeSpan): readonly LedgerCell[] | undefined {
    const series = this.#ofSource(keyId, source);
    const secondsFrom = series[0] ? this.#answers.secondsFrom(series[0]) : undefined;
    return this.#cells.secondsOf(series, span, secondsFrom ?? Number.POSITIVE_INFINITY);
  }

  spendByDay(from: string, to: string, keyId?: string): readonly LedgerDay[] {
    return this.#reports.byDay(from, to, keyId);
  }

  linesByDay(from: string, to: string, keyId: string): readonly LedgerLine[] {
    return this.#reports.byLine(from, to, keyId);
  }

  spendByPeriod(firstDays: readonly string[], end: string, keyId?: string): readonly LedgerDay[] {
    return this.#reports.byPeriod(firstDays, end, keyId);
  }

  keysToRebuild(): readonly string[] {
    const stale = this.#days.staleKeys();
    const ids = this.#series.allWithKeys().filter(({ series }) => stale.has(series.keyNo));
    return [...new Set(ids.map(({ keyId }) => keyId))];
  }

  rebuildDays(keyId: string): boolean {
    const key = this.#series.findKey(keyId);
    return key !== undefined && this.#days.rebuildStep(key, this.#series.allOf(key.no));
  }

  progressOf(keyId: string, source: LedgerSource): LedgerProgress | undefined {
    const key = this.#series.findKey(keyId);
    return key && this.#answers.progressOf({ keyNo: key.no, source, fingerprint: key.fingerprint });
  }

  carryOn(keyId: string, fingerprint: string): void {
    const key = this.#series.findKey(keyId);
    if (!key) return;
    this.#series.carryOn(key, fingerprint);
    this.#answers.carryOn(key, fingerprint);
    const series = this.#series.allOf(key.no);
    // An earlier version kept each secret separately; the order in which they count has changed.
    if (series.some(each => each.fingerprint !== fingerprint)) this.#days.discard(key.no);
  }

  eraseKey(keyId: string): void {
    const key = this.#series.findKey(keyId);
    if (!key) return;
    this.#series.eraseAll(key.no);
    this.#answers.eraseAll(key.no);
    this.#lines.dropUnused();
  }

  deleteBefore(time: number): boolean {
    const second = Math.floor(time / 1000 / QUARTER_S) * QUARTER_S;
    this.#coverage.deleteBefore(second);
    const tables = { lines: this.#lines, log: this.#log, sums: this.#sums, days: this.#days };
    return deleteOldCells(tables, second);
  }

  #write(
    series: SpendSeries,
    others: readonly SpendSeries[],
    answer: SpendRecords,
    complete: TimeSpan,
  ): readonly TimeSpan[] {
    if (answer.source !== 'keyLog' && answer.source !== 'accountLog')
      return this.#sumIntake.takeIn(series, others, answer, complete);
    const quarters = this.#logIntake.takeIn(series, others, answer, complete);
    return quarters.map(({ quarter }) => ({ from: quarter * QUARTER_S, to: (quarter + 1) * QUARTER_S }));
  }

  /** The series of a key's present secret. */
  #present({ no, fingerprint }: LedgerKey): readonly SpendSeries[] {
    return this.#series.allOf(no).filter(series => series.fingerprint === fingerprint);
  }

  #ofSource(keyId: string, source: LedgerSource): readonly SpendSeries[] {
    const key = this.#series.findKey(keyId);
    return key ? this.#present(key).filter(series => series.source === source) : [];
  }
}

function recordsIn(records: readonly SpendRecord[], { from, to }: TimeSpan): readonly SpendRecord[] {
  return records.filter(({ at, lasts = 1 }) => at < to && at + lasts > from);
}
