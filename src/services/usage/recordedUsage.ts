import type { SpendSpan } from '../../core/forecast/spendSpan.ts';
import { dividedByDay, isDivisible } from '../../core/ledger/overMidnight.ts';
import type { HistoryRow } from '../../core/ports/historyTables.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import { exact } from '../../core/quota/exact.ts';
import { isSameUnit, type Unit, unitId } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { type CoverageReason, withoutSpans } from '../../core/usage/coverage.ts';
import { UNWATCHED_GAP_MS } from '../../core/usage/meter.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';

/**
 * What recorded readings say a key spent; undefined with less than two readings in the range. Spend is known
 * between the first and the last of them, dated by the reading that showed it; what that noticed over midnight after
 * hours is of no day, and of a range only where all of that time is in it.
 */
export function recordedUsage(store: Store, keyId: string, unit: Unit, range: Range): Usage | undefined {
  const rows = store.history.historyRows(keyId, 0, range.to);
  const checkedAt = store.states.stateOf(keyId)?.checkedAt ?? 0;
  return usageFromRows(rows, unit, range, checkedAt, spendAfter(store, keyId, unit, range));
}

/** The same in other units that the key was counted in within the range: they cannot be added. */
export function recordedInOtherUnits(store: Store, keyId: string, unit: Unit, range: Range): Usage[] {
  const rows = store.history.historyRows(keyId, 0, range.to);
  const otherUnits = new Map(
    rows.filter(row => row.to >= range.from && !hasUnit(row, unit)).map(row => [unitId(row.unit), row.unit]),
  );
  // Whether that unit came from the gateway or a setting was not recorded.
  return [...otherUnits.values()].flatMap(each => {
    const other: Unit = { ...each, source: 'gateway' };
    return usageFromRows(rows, other, range, 0, spendAfter(store, keyId, other, range)) ?? [];
  });
}

/** What the first reading after a range noticed, some of which may be of its end. */
function spendAfter(store: Store, keyId: string, unit: Unit, range: Range): SpendSpan | undefined {
  return store.history.spendOver(keyId, unit, [range.to + 1])[0];
}

function usageFromRows(
  all: readonly HistoryRow[],
  unit: Unit,
  range: Range,
  checkedAt: number,
  after: SpendSpan | undefined,
): Usage | undefined {
  const rows = all.filter(row => hasUnit(row, unit));
  const within = rows.filter(row => row.to >= range.from);
  const [first] = rows;
  const last = within.at(-1);
  if (!first || !last) return undefined;
  const since = Math.max(range.from, first.from);
  const until = Math.min(range.to, last.to);
  const noticed = all.flatMap((row, index) =>
    row.spent > 0 && row.to >= range.from && hasUnit(row, unit) ? [sampleOf(row, all[index - 1])] : [],
  );
  const samples = [...noticed, ...(after ? [after] : [])].map(each => partInRange(each, range));
  // A single reading says nothing about spend.
  if (until <= since && samples.every(({ spent }) => spent === 0)) return undefined;
  const sum = new UsageSum(timelineStepFor(range));
  const unclear: TimeSpan[] = [];
  let undated = 0;
  for (const { span, spent, isUnclear } of samples) {
    const parts = dividedByDay(span, spent);
    if (isUnclear || (spent > 0 && !parts)) unclear.push(span);
    if (!parts) undated += spent;
    for (const { at, spent: raw } of parts ?? []) {
      const hour = new Date(at).getHours();
      if (raw > 0) sum.add({ day: localDay(at), hour, key: '', model: '', raw, requests: 0, tokens: 0 });
    }
  }
  const reason = incompleteReason(
    all,
    within,
    first,
    range,
    Math.min(range.to, Math.max(checkedAt, last.to)),
  );
  const withoutCounts = <T extends { used: number }>({ used, ...row }: T) => ({
    ...row,
    used,
    requests: undefined,
    tokens: undefined,
  });
  return {
    unit,
    total: { used: exact(sum.total(1).used + undated) },
    byDay: sum.rows('day', 1).map(withoutCounts),
    timeline: { step: timelineStepFor(range), cells: sum.timeline(1).cells.map(withoutCounts) },
    coverage: withoutSpans(
      { complete: reason === undefined, from: isoTime(since), to: isoTime(until), reason },
      unclear,
    ),
    source: 'recorded',
  };
}

/**
 * Why the readings do not cover the range; undefined when they do. `end` (epoch milliseconds) is when the
 * last one should be.
 */
function incompleteReason(
  all: readonly HistoryRow[],
  within: readonly HistoryRow[],
  first: HistoryRow,
  range: Range,
  end: number,
): CoverageReason | undefined {
  const hasNewSeries = all.some((row, index) => {
    const before = all[index - 1];
    return before !== undefined && before.series !== row.series && row.from >= range.from;
  });
  if (hasNewSeries) return 'recorded-anew';
  const hasLostSpend = within.some(({ from, isAfterLoss }) => isAfterLoss && from >= range.from);
  if (hasLostSpend || first.from > range.from || hasGap(within, range.from, end)) return 'recorded-gaps';
  return within.some(row => isCut(row, range)) ? 'recorded-merged' : undefined;
}

/** Spend of an unwatched gap shows at its end. */
function hasGap(rows: readonly HistoryRow[], since: number, until: number): boolean {
  let end = since;
  for (const { from, to } of rows) {
    if (from - end > UNWATCHED_GAP_MS) return true;
    end = Math.max(end, to);
  }
  return until - end > UNWATCHED_GAP_MS;
}

/** What a row noticed since the one before. */
function sampleOf(row: HistoryRow, before: HistoryRow | undefined): SpendSpan {
  return {
    at: row.from,
    spent: row.spent,
    ...(before?.series === row.series && { since: before.to }),
    ...(row.isMerged && { until: row.to }),
  };
}

/** The part of a sample that is in a range, and since when it may have been spent. */
interface PartInRange {
  readonly span: TimeSpan;
  readonly spent: number;
  /** Whether some of it may be of the range, and nothing is for certain. */
  readonly isUnclear?: boolean;
}

/**
 * The part of a sample that lies in a range. It is an estimate for merged readings, nearly all of which are from `at`
 * to `until`.
 */
function partInRange({ at, since = at, until = at, spent }: SpendSpan, range: Range): PartInRange {
  const noticed = { from: since, to: at };
  const [start, end] = [Math.max(since, range.from), Math.min(at, range.to + 1)];
  const isOut = since < range.from || at > range.to;
  if (isOut && start <= end && !isDivisible(noticed))
    return { span: { from: start, to: end }, spent: 0, isUnclear: start < end };
  if (until === at) {
    const share = since === at ? 1 : Math.max(0, end - start) / (at - since);
    return { span: { from: start, to: end }, spent: at < range.from ? 0 : spent * share };
  }
  const from = Math.max(at, range.from);
  const share = Math.max(0, Math.min(until, range.to) - from) / (until - at);
  // Spend that was noticed for before the range is no gap in it.
  const isDated = isDivisible(noticed) || at <= range.from;
  return { span: isDated ? { from, to: from } : noticed, spent: spent * share };
}

/** Whether a range begins or ends within merged readings. */
function isCut({ from, to, isMerged, spent }: HistoryRow, range: Range): boolean {
  const isAt = (moment: number) => from < moment && moment < to;
  return isMerged && spent > 0 && (isAt(range.from) || isAt(range.to));
}

function hasUnit(row: HistoryRow, unit: Unit): boolean {
  return isSameUnit(row.unit, unit);
}
