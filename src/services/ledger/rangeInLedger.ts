import { bestSources } from '../../core/ledger/bestSource.ts';
import { dayText } from '../../core/ledger/dayText.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { intersectSpans, isTouched, isWithin, mergeSpans, subtractSpans } from '../../core/ledger/spans.ts';
import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type {
  CoveredSpan,
  LedgerCell,
  LedgerLine,
  LedgerTable,
  TimeSpan,
} from '../../core/ports/ledgerTable.ts';
import { DAY_MS, HOUR_MS, QUARTER_MS } from '../../core/time.ts';

/** What the ledger has of a range. */
export interface RangeInLedger {
  readonly cells: readonly LedgerCell[];
  /** Whole local days, where days are asked for and a log covers them. */
  readonly lines: readonly LedgerLine[];
  /** For which parts that is all spend, by the source that counts; oldest first. */
  readonly known: readonly CoveredSpan[];
  readonly lacking: readonly TimeSpan[];
}

/** How long before a range a sum can begin that reaches into it. */
export const LONGEST_SUM_MS: Readonly<Partial<Record<LedgerSource, number>>> = {
  hourlySums: HOUR_MS,
  dailySums: 2 * DAY_MS,
  rangeSums: 368 * DAY_MS,
};

type Table = Pick<LedgerTable, 'coverageOf' | 'cellsOf' | 'secondsOf' | 'linesByDay'>;

/**
 * Reads a key's spend in a span of time, each moment from its best source. A part that begins or ends within a quarter of
 * an hour is known only where the ledger has its seconds, or nothing was spent in that quarter. With `byDay` whole days
 * are read as such: that is quicker.
 */
export function rangeInLedger(
  ledger: Table,
  keyId: string,
  span: TimeSpan,
  byDay: boolean,
  coverage: readonly CoveredSpan[] = ledger.coverageOf(keyId),
): RangeInLedger {
  const read = new Map<LedgerSource, readonly LedgerCell[]>();
  const readSums = (source: LedgerSource) => {
    const longest = LONGEST_SUM_MS[source];
    if (longest === undefined || !coverage.some(each => each.source === source)) return [];
    return ledger.cellsOf(keyId, source, { from: span.from - longest, to: span.to });
  };
  const sumsOf = (source: LedgerSource) => {
    const sums = read.get(source) ?? readSums(source);
    read.set(source, sums);
    return sums;
  };
  const cells: LedgerCell[] = [];
  const lines: LedgerLine[] = [];
  const known: CoveredSpan[] = [];
  const cut = byDay ? cutSums(span, coverage, sumsOf) : [];
  for (const best of bestSources(span, coverage, sumsOf)) {
    if (LONGEST_SUM_MS[best.source] !== undefined) {
      cells.push(...ledger.cellsOf(keyId, best.source, best));
      known.push(best);
      continue;
    }
    const log = readLog(ledger, keyId, best, coverage, byDay && { cut });
    cells.push(...log.cells);
    lines.push(...log.lines);
    known.push(...subtractSpans([best], log.unknown).map(part => ({ ...part, source: best.source })));
  }
  return { cells, lines, known, lacking: subtractSpans([span], known) };
}

/**
 * The rows of a log in a span that it covers, and the parts of the span for which only the sum of a whole quarter is
 * known.
 */
function readLog(
  ledger: Table,
  keyId: string,
  span: CoveredSpan,
  coverage: readonly CoveredSpan[],
  byDay: { readonly cut: readonly TimeSpan[] } | false,
): { readonly cells: LedgerCell[]; readonly lines: readonly LedgerLine[]; readonly unknown: TimeSpan[] } {
  const { source, from, to } = span;
  const first = Math.ceil(from / QUARTER_MS) * QUARTER_MS;
  const last = Math.floor(to / QUARTER_MS) * QUARTER_MS;
  const edges =
    first > last
      ? [{ from, to }]
      : [
          { from, to: first },
          { from: last, to },
        ].filter(edge => edge.from < edge.to);
  const cells: LedgerCell[] = [];
  const unknown: TimeSpan[] = [];
  for (const edge of edges) {
    const found =
      ledger.secondsOf(keyId, source, edge) ?? quarterAround(ledger, keyId, source, edge, coverage);
    if (found) cells.push(...found);
    else unknown.push(edge);
  }
  const inside = { from: first, to: Math.max(first, last) };
  const wholeDays = byDay ? daysWithin(inside, byDay.cut) : undefined;
  const lines = wholeDays ? ledger.linesByDay(wholeDays.first, wholeDays.last, keyId) : [];
  for (const part of subtractSpans([inside], wholeDays ? [wholeDays] : []))
    cells.push(...ledger.cellsOf(keyId, source, part));
  return { cells, lines, unknown };
}

/** The quarter of an hour that an edge lies in, where nothing but the edge is covered of it. */
function quarterAround(
  ledger: Table,
  keyId: string,
  source: LedgerSource,
  edge: TimeSpan,
  coverage: readonly CoveredSpan[],
): readonly LedgerCell[] | undefined {
  const start = Math.floor(edge.from / QUARTER_MS) * QUARTER_MS;
  const quarter = { from: start, to: start + QUARTER_MS };
  const covered = intersectSpans(
    coverage.filter(each => each.source === source),
    [quarter],
  );
  const beside = subtractSpans(covered, [edge]);
  return beside.length === 0 ? ledger.cellsOf(keyId, source, quarter) : undefined;
}

/**
 * The sums that reach out of a range, those that touch them, and so on. They are not used in the range, but may count
 * in place of a log's rows in what is added up by day, where the range is not known.
 */
function cutSums(
  span: TimeSpan,
  coverage: readonly CoveredSpan[],
  sumsOf: (source: LedgerSource) => readonly TimeSpan[],
): readonly TimeSpan[] {
  const sources = [...new Set(coverage.map(({ source }) => source))];
  let others = sources.flatMap(sumsOf);
  let cut: readonly TimeSpan[] = [];
  let found = others.filter(sum => !isWithin(sum, [span]));
  while (found.length > 0) {
    const known = new Set(found);
    cut = mergeSpans([...cut, ...found]);
    others = others.filter(sum => !known.has(sum));
    found = others.filter(sum => isTouched(sum, cut));
  }
  return cut;
}

/** The local days that lie within a span and are touched by no cut sum, with the first and last; undefined where none do. */
function daysWithin(
  { from, to }: TimeSpan,
  cut: readonly TimeSpan[],
): (TimeSpan & { first: string; last: string }) | undefined {
  let first = startOfDay(dayOf(from)) === from ? dayOf(from) : dayOf(from) + 1;
  let end = dayOf(to);
  const isCut = (firstDay: number, endDay: number) =>
    isTouched({ from: startOfDay(firstDay), to: startOfDay(endDay) }, cut);
  while (first < end && isCut(first, first + 1)) first++;
  while (first < end && isCut(end - 1, end)) end--;
  if (first >= end || isCut(first, end)) return undefined;
  return { from: startOfDay(first), to: startOfDay(end), first: dayText(first), last: dayText(end - 1) };
}
