import type { HistoryRow } from '../../core/ports/historyTables.ts';
import type { Store } from '../../core/ports/store.ts';
import { isSameUnit, type Unit, unitId } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import { UNWATCHED_GAP_MS } from '../../core/usage/spend.ts';
import type { CoverageReason, Usage } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';

/**
 * What recorded readings say a key spent; undefined with less than two readings in the range. Spend is known
 * between the first and the last of them, dated by the reading that showed it.
 */
export function recordedUsage(store: Store, keyId: string, unit: Unit, range: Range): Usage | undefined {
  const rows = store.history.historyRows(keyId, 0, range.to);
  const checkedAt = store.states.stateOf(keyId)?.checkedAt ?? 0;
  return usageFromRows(rows, unit, range, checkedAt);
}

/** The same in other units that the key was counted in within the range: they cannot be added. */
export function recordedInOtherUnits(store: Store, keyId: string, unit: Unit, range: Range): Usage[] {
  const rows = store.history.historyRows(keyId, 0, range.to);
  const otherUnits = new Map(
    rows.filter(row => row.to >= range.from && !hasUnit(row, unit)).map(row => [unitId(row.unit), row.unit]),
  );
  // Whether that unit came from the gateway or a setting was not recorded.
  return [...otherUnits.values()].flatMap(
    each => usageFromRows(rows, { ...each, source: 'gateway' }, range, 0) ?? [],
  );
}

function usageFromRows(
  all: readonly HistoryRow[],
  unit: Unit,
  range: Range,
  checkedAt: number,
): Usage | undefined {
  const rows = all.filter(row => hasUnit(row, unit));
  const within = rows.filter(row => row.to >= range.from);
  const [first] = rows;
  const last = within.at(-1);
  if (!first || !last) return undefined;
  const since = Math.max(range.from, first.from);
  const until = Math.min(range.to, last.to);
  // A single reading says nothing about spend.
  if (until <= since && within.every(({ spent }) => spent === 0)) return undefined;
  const sum = new UsageSum(timelineStepFor(range));
  for (const row of within) {
    const used = row.spent * shareInRange(row, range);
    if (used === 0) continue;
    const from = Math.max(row.from, range.from);
    const hour = new Date(from).getHours();
    sum.add({ day: localDay(from), hour, key: '', model: '', raw: used, requests: 0, tokens: 0 });
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
    total: { used: sum.total(1).used },
    byDay: sum.rows('day', 1).map(withoutCounts),
    timeline: { step: timelineStepFor(range), cells: sum.timeline(1).cells.map(withoutCounts) },
    coverage: {
      complete: reason === undefined,
      from: isoTime(since),
      to: isoTime(until),
      reason,
    },
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
  return within.some(row => row.spent > 0 && isPartial(shareInRange(row, range)))
    ? 'recorded-merged'
    : undefined;
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

/** The share of a row's spend that counts to a range. That of a merged row is an estimate. */
function shareInRange({ from, to, isMerged }: HistoryRow, range: Range): number {
  if (!isMerged || to === from) return from >= range.from && from <= range.to ? 1 : 0;
  return Math.max(0, Math.min(to, range.to) - Math.max(from, range.from)) / (to - from);
}

function isPartial(share: number): boolean {
  return share > 0 && share < 1;
}

function hasUnit(row: HistoryRow, unit: Unit): boolean {
  return isSameUnit(row.unit, unit);
}
