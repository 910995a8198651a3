import { dividedByDay, isDivisible } from '../../core/ledger/overMidnight.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import { exact } from '../../core/quota/exact.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { isoTime, SECOND_MS } from '../../core/time.ts';
import { withoutSpans } from '../../core/usage/coverage.ts';
import { localDay } from '../../core/usage/range.ts';
import type { Usage, UsageCell, UsageRow } from '../../core/usage/usage.ts';
import { rangeInLedger } from './rangeInLedger.ts';

/** What readings show to be spent after the ledger's end. */
export interface ReadingsTail extends TimeSpan {
  /** When spend was noticed, in epoch milliseconds, and how much; since when it was spent, by the reading before or the ledger. */
  readonly spans: readonly { readonly since: number; readonly at: number; readonly spent: number }[];
  /** The last part of it, where it is not known whether what the next reading noticed was spent before its end. */
  readonly unclear?: TimeSpan;
}

/**
 * Reads it in a span that begins where the ledger ends; undefined where the readings do not go on from there. The
 * ledger has a part of the spend that is noticed between a reading before that moment and one after it. The ledger goes
 * by the gateway's clock, of which ours is ahead by `clockAheadMs`.
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
  const spans: ReadingsTail['spans'][number][] = [];
  let unclear: TimeSpan | undefined;
  const after = store.history.spendOver(keyId, unit, [to + 1]);
  for (const { at, since = at, spent } of [...watched.spans, ...after]) {
    if (at <= from) continue;
    const before = { from: Math.ceil((since - clockAheadMs) / SECOND_MS) * SECOND_MS, to: end.from };
    const known = since < from ? spentInLedger(store, keyId, unit, before) : 0;
    if (known === undefined) return undefined;
    const unseen = { from: Math.max(since, from), to: at };
    if (spent <= known || unseen.from >= to) continue;
    if (at > to && !isDivisible(unseen)) unclear = { from: unseen.from, to };
    else {
      const share = at > to ? (to - unseen.from) / (at - unseen.from) : 1;
      spans.push({ since: unseen.from, at: Math.min(at, to), spent: exact((spent - known) * share) });
    }
  }
  return { from, to, spans, ...(unclear && { unclear }) };
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

/**
 * The usage with what was spent since. Readings have no counts, so its counts end before it; nor models or keys, so it is
 * of none of those by name. What may be of either of two days is of no day.
 */
export function withTail(usage: Usage, { from, spans, unclear }: ReadingsTail): Usage {
  const spent = exact(spans.reduce((sum, each) => sum + each.spent, 0));
  const undated: TimeSpan[] = unclear ? [unclear] : [];
  const coverage = { ...usage.coverage, byReadings: { from: isoTime(from), used: spent } };
  if (spent === 0 || !usage.total)
    return { ...usage, coverage: withoutSpans(coverage, undated), source: 'ledger' };
  const { byDay, byKey, byModel, timeline } = usage;
  const byName = new Map(byDay?.map(row => [row.name, row]));
  const cells: UsageCell[] = [];
  for (const { since, at, spent } of spans) {
    const parts = dividedByDay({ from: since, to: at }, spent);
    if (!parts) undated.push({ from: since, to: at });
    for (const part of parts ?? []) {
      const name = localDay(part.at);
      byName.set(name, { name, used: exact((byName.get(name)?.used ?? 0) + part.spent) });
      const hour = `T${String(new Date(part.at).getHours()).padStart(2, '0')}:00`;
      cells.push({ at: name + (timeline?.step === 'hour' ? hour : ''), used: exact(part.spent) });
    }
  }
  const rows: readonly UsageRow[] = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...usage,
    source: 'ledger',
    total: { used: exact(usage.total.used + spent) },
    ...(byDay && { byDay: rows }),
    ...(byKey && { byKey: withUnnamed(byKey, spent) }),
    ...(byModel && { byModel: withUnnamed(byModel, spent) }),
    ...(timeline && { timeline: { ...timeline, cells: [...timeline.cells, ...cells] } }),
    coverage: withoutSpans(coverage, undated),
  };
}

/** Rows with as much more in that of no name, so that they add up to the total; by spend. */
function withUnnamed(rows: readonly UsageRow[], spent: number): readonly UsageRow[] {
  const before = rows.find(({ name }) => name === '')?.used ?? 0;
  const unnamed: UsageRow = { name: '', used: exact(before + spent) };
  return [...rows.filter(({ name }) => name !== ''), unnamed].sort((a, b) => b.used - a.used);
}
