import type { Store } from '../../core/ports/store.ts';
import type { HistoryRow } from '../../core/ports/tables.ts';
import { isSameUnit, type Unit, unitId } from '../../core/quota/unit.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import { UNWATCHED_GAP_MS } from '../../core/usage/spend.ts';
import type { CoverageReason, Usage } from '../../core/usage/usage.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';

/**
 * What our own readings say a key spent; undefined when there are none in the range, or one only. Spend is known between
 * the first and the last reading, and dated by when it was noticed.
 */
export function recordedUsage(store: Store, keyId: string, unit: Unit, range: Range): Usage | undefined {
  const rows = store.history.historyRows(keyId, 0, range.to);
  const checkedAt = store.states.stateOf(keyId)?.checkedAt ?? 0;
  return usageFromRows(rows, unit, range, checkedAt);
}

/** The same in the other units that the key was counted in within the range: they cannot be added up with this. */
export function recordedInOtherUnits(store: Store, keyId: string, unit: Unit, range: Range): Usage[] {
  const rows = store.history.historyRows(keyId, 0, range.to);
  const otherUnits = new Map(
    rows.filter(row => row.to >= range.from && !hasUnit(row, unit)).map(row => [unitId(row.unit), row.unit]),
  );
  // Whoever could say whether the gateway or a setting named that unit has been told something else since.
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
  // One look alone says what is left, and nothing about spend.
  if (until <= since && within.every(({ spent }) => spent === 0)) return undefined;
  const tally = new UsageSum(timelineStepFor(range));
  for (const row of within) {
    const used = row.spent * shareInRange(row, range);
    if (used === 0) continue;
    const from = Math.max(row.from, range.from);
    const hour = new Date(from).getHours();
    tally.add({ day: localDay(from), hour, key: '', model: '', raw: used, requests: 0, tokens: 0 });
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
    total: { used: tally.total(1).used },
    byDay: tally.rows('day', 1).map(withoutCounts),
    timeline: { step: timelineStepFor(range), cells: tally.timeline(1).cells.map(withoutCounts) },
    coverage: {
      complete: reason === undefined,
      from: new Date(since).toISOString(),
      to: new Date(until).toISOString(),
      reason,
    },
    source: 'recorded',
  };
}

/** Why the readings do not tell all of the range; undefined when they do. `end` is when there should be the last. */
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

/** What was spent while nobody looked shows at the end of that time. */
function hasGap(rows: readonly HistoryRow[], since: number, until: number): boolean {
  let end = since;
  for (const { from, to } of rows) {
    if (from - end > UNWATCHED_GAP_MS) return true;
    end = Math.max(end, to);
  }
  return until - end > UNWATCHED_GAP_MS;
}

/** How much of a row's spend counts to a range. Of a merged one it is reckoned: it was anywhere between its ends. */
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
