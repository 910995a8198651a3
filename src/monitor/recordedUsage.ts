import { localDay, type Range } from '../quota/range.ts';
import { Tally } from '../quota/tally.ts';
import type { Unit } from '../quota/unit.ts';
import type { Usage } from '../quota/usage.ts';
import { stepFor } from '../quota/usageReport.ts';
import { HistoryTable } from '../store/historyTable.ts';
import type { Store } from '../store/store.ts';

/** A gap this long means nobody looked: what was spent in it shows at its end. */
const GAP_MS = 12 * 3_600_000;

/**
 * What our own readings say a key spent; undefined when there are none in the range, or one only. Spend is known between
 * the first and the last reading, and dated by when it was noticed.
 */
export function recordedUsage(store: Store, keyId: string, unit: Unit, range: Range): Usage | undefined {
  const rows = store
    .room(HistoryTable)
    .rows(keyId, 0, range.to)
    .filter(row => row.unit.code === unit.code && row.unit.symbol === unit.symbol);
  const within = rows.filter(row => row.to >= range.from);
  const [first] = rows;
  const last = within.at(-1);
  if (!first || !last) return undefined;
  const since = Math.max(range.from, first.from);
  const until = Math.min(range.to, last.to);
  // One look alone says what is left, and nothing about spend.
  if (until <= since && within.every(({ spent }) => spent === 0)) return undefined;
  const tally = new Tally(stepFor(range));
  for (const { from, spent } of within) {
    if (from < range.from || spent === 0) continue;
    const hour = new Date(from).getHours();
    tally.add({ day: localDay(from), hour, key: '', model: '', raw: spent, requests: 0, tokens: 0 });
  }
  const isWhole = first.from <= range.from && !hasGap(within, range.from);
  const bare = <T extends { used: number }>({ used, ...row }: T) => ({
    ...row,
    used,
    requests: undefined,
    tokens: undefined,
  });
  return {
    unit,
    total: { used: tally.total(1).used },
    byDay: tally.rows('day', 1).map(bare),
    timeline: { step: stepFor(range), cells: tally.timeline(1).cells.map(bare) },
    coverage: {
      complete: isWhole,
      from: new Date(since).toISOString(),
      to: new Date(until).toISOString(),
      reason: isWhole ? undefined : 'recorded-gaps',
    },
    source: 'recorded',
  };
}

function hasGap(rows: readonly { readonly from: number; readonly to: number }[], since: number): boolean {
  let end = since;
  for (const { from, to } of rows) {
    if (from - end > GAP_MS) return true;
    end = Math.max(end, to);
  }
  return false;
}
