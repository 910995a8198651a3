import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import { exact } from '../../core/quota/exact.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { isoTime, SECOND_MS } from '../../core/time.ts';
import { localDay } from '../../core/usage/range.ts';
import type { Usage, UsageRow } from '../../core/usage/usage.ts';
import { rangeInLedger } from './rangeInLedger.ts';

/** What readings show to be spent after the ledger's end. */
export interface ReadingsTail extends TimeSpan {
  /** When spend was noticed, in epoch milliseconds, and how much. */
  readonly spans: readonly { readonly at: number; readonly spent: number }[];
}

/**
 * Reads it in a span that begins where the ledger ends; undefined where the readings do not go on from there. Of spend
 * noticed between a reading before that moment and one after it, the ledger has a part. The ledger goes by the gateway's
 * clock, of which ours is ahead by `clockAheadMs`.
 */
export function readingsTail(
  store: Pick<Store, 'ledger' | 'history' | 'states'>,
  keyId: string,
  unit: Unit,
  end: TimeSpan,
  clockAheadMs: number,
): ReadingsTail | undefined {
  const reading = store.states.stateOf(keyId)?.reading;
  if (!reading || !isSameUnit(reading.unit, unit)) return undefined;
  const from = end.from + clockAheadMs;
  const to = Math.min(end.to + clockAheadMs, Date.parse(reading.takenAt));
  if (to <= from) return undefined;
  const watched = store.history.currentSpend(keyId, from, to);
  if (watched.since > from) return undefined;
  const spans: { readonly at: number; readonly spent: number }[] = [];
  for (const { at, since = at, spent } of watched.spans) {
    if (at <= from) continue;
    const before = { from: Math.ceil((since - clockAheadMs) / SECOND_MS) * SECOND_MS, to: end.from };
    const known = since < from ? spentInLedger(store, keyId, unit, before) : 0;
    if (known === undefined) return undefined;
    if (spent > known) spans.push({ at, spent: exact(spent - known) });
  }
  return { from, to, spans };
}

/** What the ledger has of a span; undefined where a part of it is not known, or in another unit. */
function spentInLedger(
  { ledger }: Pick<Store, 'ledger'>,
  keyId: string,
  unit: Unit,
  span: TimeSpan,
): number | undefined {
  if (span.from >= span.to) return 0;
  const { cells, lacking } = rangeInLedger(ledger, keyId, span, false);
  if (lacking.length > 0 || cells.some(cell => !isSameUnit(cell.unit, unit))) return undefined;
  return cells.reduce((sum, { raw, perUnit }) => sum + raw / perUnit, 0);
}

/** The usage with what was spent since. Readings have no models, keys or counts, so its totals of these end before it. */
export function withTail(usage: Usage, { from, spans }: ReadingsTail): Usage {
  const spent = exact(spans.reduce((sum, each) => sum + each.spent, 0));
  const coverage = { ...usage.coverage, byReadings: { from: isoTime(from), used: spent } };
  if (spent === 0 || !usage.total) return { ...usage, coverage, source: 'ledger' };
  const { byDay, timeline } = usage;
  const byName = new Map(byDay?.map(row => [row.name, row]));
  for (const { at, spent } of spans) {
    const name = localDay(at);
    byName.set(name, { name, used: exact((byName.get(name)?.used ?? 0) + spent) });
  }
  const rows: readonly UsageRow[] = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const cells = spans.map(({ at, spent }) => {
    const hour = `T${String(new Date(at).getHours()).padStart(2, '0')}:00`;
    return { at: localDay(at) + (timeline?.step === 'hour' ? hour : ''), used: spent };
  });
  return {
    ...usage,
    source: 'ledger',
    total: { used: exact(usage.total.used + spent) },
    ...(byDay && { byDay: rows }),
    ...(timeline && { timeline: { ...timeline, cells: [...timeline.cells, ...cells] } }),
    coverage,
  };
}
