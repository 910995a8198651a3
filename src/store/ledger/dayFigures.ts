import { chooseSpans } from '../../core/ledger/bestSource.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { intersectSpans, isTouched, mergeSpans } from '../../core/ledger/spans.ts';
import { LEDGER_SOURCES } from '../../core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import { QUARTER_S } from '../../core/time.ts';
import type { AnswerTable } from './answerTable.ts';
import type { CellRow } from './cellTable.ts';
import type { CoverageTable } from './coverageTable.ts';
import type { LogCells } from './logCells.ts';
import type { Period } from './periodSums.ts';
import { addFigures, figuresOf, type SpendFigures } from './spendFigures.ts';
import { isSameLog, type SpendSeries } from './spendSeries.ts';
import type { SumCell, SumCells } from './sumCells.ts';

export interface CellTables {
  readonly log: LogCells;
  readonly sums: SumCells;
  readonly coverage: CoverageTable;
  readonly answers: AnswerTable;
}

/** The parts of a span that count from one source and secret of a key. */
interface Part {
  readonly series: readonly SpendSeries[];
  readonly covered: readonly TimeSpan[];
  /** From which second on rows are kept by the second. */
  readonly secondsFrom: number;
  /** Where another source counts. */
  readonly lost: readonly TimeSpan[];
}

/** A key's spend by line and local day, from its cells, each moment from its best source. */
export class DayFigures {
  readonly #tables: CellTables;

  constructor(tables: CellTables) {
    this.#tables = tables;
  }

  /** `fingerprint` is that of the present secret: what it covers counts before what an earlier one did. */
  byLine(
    series: readonly SpendSeries[],
    fingerprint: string,
    days: Period,
  ): Map<number, Map<number, SpendFigures>> {
    const byLine = new Map<number, Map<number, SpendFigures>>();
    const span = { from: startOfDay(days.first) / 1000, to: startOfDay(days.end) / 1000 };
    for (const part of this.#partsOf(series, fingerprint, span))
      for (const line of this.#linesIn(part, span)) byLine.set(line, this.#ofLine(line, part, days, span));
    return byLine;
  }

  #ofLine(line: number, part: Part, days: Period, span: TimeSpan): Map<number, SpendFigures> {
    const { log, sums } = this.#tables;
    const byDay = new Map<number, SpendFigures>();
    const add = (day: number, figures: SpendFigures) => byDay.set(day, addFigures(byDay.get(day), figures));
    const rows = log.quarters.rowsBetween(line, span.from / QUARTER_S, span.to / QUARTER_S);
    let day = days.first;
    let end = startOfDay(day + 1);
    for (const row of rows) {
      const at = row[0] * QUARTER_S * 1000;
      if (at >= end) {
        day = dayOf(at);
        end = startOfDay(day + 1);
      }
      const figures = this.#countedOf(line, row, part);
      if (figures) add(day, figures);
    }
    for (const cell of sums.overlapping(line, span)) {
      // A sum over parts of two days counts on the one that has its middle.
      const ofDay = dayOf(((cell.from + cell.to) / 2) * 1000);
      if (ofDay >= days.first && ofDay < days.end && !isTouched(cell, part.lost)) add(ofDay, cell.figures);
    }
    return byDay;
  }

  /** The part of a quarter-hour cell that counts, where another source may cover a part of it. */
  #countedOf(line: number, row: CellRow, { covered, lost, secondsFrom }: Part): SpendFigures | undefined {
    const quarter = { from: row[0] * QUARTER_S, to: (row[0] + 1) * QUARTER_S };
    if (!isTouched(quarter, lost)) return figuresOf(row, 1);
    if (quarter.from >= secondsFrom) {
      const rows = this.#tables.log.seconds.rowsBetween(line, quarter.from, quarter.to);
      return rows
        .filter(([at]) => !isTouched({ from: at, to: at + 1 }, lost))
        .reduce<SpendFigures | undefined>((sum, second) => addFigures(sum, figuresOf(second, 1)), undefined);
    }
    // Only what is covered of a quarter is in its cell.
    const inside = intersectSpans([quarter], covered);
    const isOthers = inside.length === 0 || inside.some(span => isTouched(span, lost));
    return isOthers ? undefined : figuresOf(row, 1);
  }

  /** What counts in a span. */
  #partsOf(series: readonly SpendSeries[], fingerprint: string, span: TimeSpan): Part[] {
    const groups = groupsOf(series, fingerprint).map(group => ({
      series: group,
      secondsFrom: this.#secondsFrom(group),
      covered: mergeSpans(group.flatMap(({ no }) => this.#tables.coverage.spansOf(no))),
    }));
    // Most keys have one source and one secret only.
    if (groups.length < 2) return groups.map(group => ({ ...group, lost: [] }));
    const around = this.#withSums(series, span);
    const sources = groups.map(({ series: group, covered }) => ({
      covered,
      sums: this.#sumsOf(group, around),
    }));
    const chosen = chooseSpans(around, sources);
    return groups.map((group, own) => ({
      ...group,
      lost: mergeSpans(chosen.filter((_, index) => index !== own).flat()),
    }));
  }

  #secondsFrom([first]: readonly SpendSeries[]): number {
    return (first && this.#tables.answers.secondsFrom(first)) ?? Number.POSITIVE_INFINITY;
  }

  #linesIn({ series }: Part, span: TimeSpan): ReadonlySet<number> {
    const { log, sums } = this.#tables;
    return new Set(
      series.flatMap(({ no }) => [...log.linesIn(no, span.from, span.to), ...sums.linesIn(no, span)]),
    );
  }

  /**
   * A span with all sums that reach into it, and those that reach into these: what counts in it depends on no other. There
   * may be hundreds of thousands of sums, so only these are read.
   */
  #withSums(series: readonly SpendSeries[], span: TimeSpan): TimeSpan {
    let around = span;
    for (;;) {
      const sums = this.#sumsOf(series, around);
      const from = sums.reduce((first, sum) => Math.min(first, sum.from), around.from);
      const to = sums.reduce((last, sum) => Math.max(last, sum.to), around.to);
      if (from === around.from && to === around.to) return around;
      around = { from, to };
    }
  }

  /** The spans of sums that reach into a span. */
  #sumsOf(all: readonly SpendSeries[], span: TimeSpan): TimeSpan[] {
    const { sums } = this.#tables;
    const bySpan = new Map<string, SumCell>();
    for (const line of all.flatMap(({ no }) => sums.linesIn(no, span)))
      for (const cell of sums.overlapping(line, span)) bySpan.set(`${cell.from} ${cell.to}`, cell);
    return [...bySpan.values()];
  }
}

/** The series of one source and secret together: those of the present secret first, then of the latest; finest first. */
function groupsOf(series: readonly SpendSeries[], fingerprint: string): SpendSeries[][] {
  const groups: SpendSeries[][] = [];
  for (const each of series) {
    const group = groups.find(([first]) => first && isSameLog(first, each));
    if (group) group.push(each);
    else groups.push([each]);
  }
  const begun = new Map<string, number>();
  for (const each of series) begun.set(each.fingerprint, each.no);
  const rank = ([first]: readonly SpendSeries[]) =>
    first?.fingerprint === fingerprint
      ? Number.POSITIVE_INFINITY
      : (begun.get(first?.fingerprint ?? '') ?? 0);
  const grain = ([first]: readonly SpendSeries[]) => LEDGER_SOURCES.indexOf(first?.source ?? 'keyLog');
  return groups.sort((a, b) => compare(rank(b), rank(a)) || grain(a) - grain(b));
}

function compare(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
