import type { CoveredSpan, TimeSpan } from '../ports/ledgerTable.ts';
import { intersectSpans, isTouched, isWithin, mergeSpans, subtractSpans } from './spans.ts';
import { LEDGER_SOURCES, type LedgerSource } from './spendRecord.ts';

/** What is known of one source: for which spans it is complete, and the spans of its sums; a log has none. */
export interface SourceSpans {
  readonly covered: readonly TimeSpan[];
  readonly sums: readonly TimeSpan[];
}

/**
 * Which source counts for which part of a range, so that no moment is counted twice: the finest one that covers it. A sum
 * counts as a whole or not at all: where a finer source tells only a part of its span, the sum counts and that part does
 * not; a sum that reaches out of the range cannot be used. What no source covers is in none of the spans.
 *
 * @param sources finest first.
 */
export function chooseSpans(range: TimeSpan, sources: readonly SourceSpans[]): readonly TimeSpan[][] {
  let chosen: TimeSpan[][] = [];
  for (const { covered, sums } of sources) {
    const finer = mergeSpans(chosen.flat());
    const usable = sums.filter(sum => isWithin(sum, [range]));
    const taken = mergeSpans(usable.filter(sum => !isWithin(sum, finer)));
    // A sum of nothing is not recorded: what is covered between the sums is known to be 0.
    const quiet = subtractSpans(intersectSpans(covered, [range]), [...sums, ...finer]);
    // Nor does a finer sum count of which only a part is taken: how much that part is of it is not known.
    chosen = chosen.map((spans, index) => {
      const halved = sources[index]?.sums.filter(sum => isTouched(sum, taken)) ?? [];
      return subtractSpans(spans, [...taken, ...halved]);
    });
    chosen.push(mergeSpans([...taken, ...quiet]));
  }
  return chosen;
}

/** The same for the sources of one key, by name. `sums` tells the spans of a source's cells that are sums. */
export function bestSources(
  range: TimeSpan,
  coverage: readonly CoveredSpan[],
  sums: (source: LedgerSource) => readonly TimeSpan[],
): readonly CoveredSpan[] {
  const sources = LEDGER_SOURCES.map(source => ({
    covered: coverage.filter(span => span.source === source),
    sums: sums(source),
  }));
  return chooseSpans(range, sources)
    .flatMap((spans, index) => spans.map(span => ({ ...span, source: LEDGER_SOURCES[index] ?? 'keyLog' })))
    .sort((a, b) => a.from - b.from);
}
