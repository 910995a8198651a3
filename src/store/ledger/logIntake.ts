import { intersectSpans, mergeSpans, subtractSpans } from '../../core/ledger/spans.ts';
import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { QUARTER_S } from '../../core/time.ts';
import type { AnswerTable } from './answerTable.ts';
import type { CoverageTable } from './coverageTable.ts';
import { LineNames } from './lineNames.ts';
import { type ChangedQuarter, type LogCells, quarterOf, type SecondsKept } from './logCells.ts';
import { addFigures, type SpendFigures } from './spendFigures.ts';
import type { SpendLines } from './spendLines.ts';
import type { SpendSeries } from './spendSeries.ts';
import { type ToldRows, toldRows } from './toldLines.ts';

/** By how much an answer must end farther behind our clock than the one before, to mean that a clock was put back. */
const CLOCK_STEP_S = 120;

interface LogTables {
  readonly lines: SpendLines;
  readonly cells: LogCells;
  readonly coverage: CoverageTable;
  readonly answers: AnswerTable;
}

/**
 * Takes in rows of logs. An answer replaces whole seconds from its oldest row on; what is older stays, though the gateway
 * has deleted it since.
 */
export class LogIntake {
  readonly #tables: LogTables;

  constructor(tables: LogTables) {
    this.#tables = tables;
  }

  /** `others` are the series of the same log by other scales: what they cover is not counted again. */
  takeIn(
    series: SpendSeries,
    others: readonly SpendSeries[],
    answer: SpendRecords,
    complete: TimeSpan,
  ): readonly ChangedQuarter[] {
    const { cells, coverage } = this.#tables;
    const all = [series, ...others];
    const told = toldRows(answer.records, complete.to, series.parts);
    const from = this.#beginningOf(all, complete, told);
    if (from === undefined) return [];
    const unknown = [...told.missing, ...others.flatMap(({ no }) => coverage.spansOf(no))];
    const claimed = subtractSpans([{ from, to: complete.to }], unknown);
    const covered = coverage.spansOf(series.no);
    const kept = this.#secondsKept(all, told.oldest);
    const start = Math.max(from, replacedFrom(told, series));
    const wanted = intersectSpans(claimed, [{ from: start, to: complete.to }]);
    const unplaceable = intersectSpans(wanted, cells.unplaceable(series.no, wanted, covered, kept.before));
    const replaced = subtractSpans(wanted, unplaceable);
    const changed = [
      ...this.#write(series.no, told, replaced, kept.after),
      ...others.flatMap(({ no }) => this.#giveUp(no, replaced, kept)),
    ];
    coverage.saveSpans(series.no, mergeSpans([...covered, ...subtractSpans(claimed, unplaceable)]));
    return changed;
  }

  /**
   * Notes how far an answer of a key's log, which holds all that is newest, ends behind our clock. Where that is much
   * farther than it was, the gateway's clock was put back, and rows are still to come for times that are covered. Called
   * before `takeIn`.
   */
  followClock(series: SpendSeries, to: number, now: number): void {
    const { coverage, answers } = this.#tables;
    const behind = Math.floor(now / 1000) - to;
    const before = answers.behindOf(series) ?? behind;
    answers.saveBehind(series, behind);
    if (behind <= before + CLOCK_STEP_S) return;
    const beyond = { from: to, to: Number.MAX_SAFE_INTEGER };
    coverage.saveSpans(series.no, subtractSpans(coverage.spansOf(series.no), [beyond]));
  }

  /** The first second that an answer covers; a whole log that lacks what is known of before has been cleared since. */
  #beginningOf(
    all: readonly SpendSeries[],
    { from, to }: TimeSpan,
    { oldest }: ToldRows,
  ): number | undefined {
    if (from > 0) return from;
    return all.some(({ no }) => this.#tables.cells.holdsBefore(no, oldest ?? to)) ? oldest : from;
  }

  /** Only an answer from a key's log can begin in the middle of a quarter-hour; only then do seconds matter. */
  #secondsKept(all: readonly SpendSeries[], oldest: number | undefined): SecondsKept {
    const { answers, cells } = this.#tables;
    const [log] = all;
    const before = (log && answers.secondsFrom(log)) ?? Number.POSITIVE_INFINITY;
    if (log?.source !== 'keyLog' || oldest === undefined) return { before, after: before };
    const start = quarterOf(oldest) * QUARTER_S;
    const after = before === Number.POSITIVE_INFINITY ? start : Math.max(before, start);
    if (after > before) for (const { no } of all) cells.seconds.dropOfSeries(no, after);
    answers.saveSecondsFrom(log, after);
    return { before, after };
  }

  /** Deletes what another series has of a time that it does not cover any more, since that is counted in this one now. */
  #giveUp(seriesNo: number, replaced: readonly TimeSpan[], kept: SecondsKept): ChangedQuarter[] {
    const { cells, coverage } = this.#tables;
    const [first, last] = [replaced[0], replaced.at(-1)];
    if (!first || !last) return [];
    const others = cells.unplaceable(seriesNo, replaced, coverage.spansOf(seriesNo), kept.before);
    const left = subtractSpans(replaced, others);
    return cells
      .linesIn(seriesNo, first.from, last.to)
      .flatMap(line => cells.replace(line, left, new Map(), kept.after));
  }

  #write(
    seriesNo: number,
    told: ToldRows,
    replaced: readonly TimeSpan[],
    secondsFrom: number,
  ): ChangedQuarter[] {
    const { cells, lines } = this.#tables;
    const [first, last] = [replaced[0], replaced.at(-1)];
    if (!first || !last) return [];
    const names = new LineNames(seriesNo, lines, told.lines.length, (from, to) =>
      cells.linesIn(seriesNo, from, to),
    );
    const rows = new Map(
      cells.linesIn(seriesNo, first.from, last.to).map(no => [no, new Map<number, SpendFigures>()]),
    );
    for (const { keyName, model, cells: seconds } of told.lines) {
      for (const [second, figures] of seconds) {
        const line = names.lineAt(second, keyName, model);
        const own = rows.get(line) ?? new Map<number, SpendFigures>();
        rows.set(line, own.set(second, addFigures(own.get(second), figures)));
      }
    }
    return [...rows].flatMap(([no, seconds]) => cells.replace(no, replaced, seconds, secondsFrom));
  }
}

/** An account is asked from the beginning of a quarter on; its log is not kept by the second. */
function replacedFrom({ oldest }: ToldRows, { source }: SpendSeries): number {
  if (oldest === undefined) return Number.POSITIVE_INFINITY;
  return source === 'keyLog' ? oldest : quarterOf(oldest) * QUARTER_S;
}
