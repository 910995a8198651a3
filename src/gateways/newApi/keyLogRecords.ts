import type { SpendRecord, SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isSameUnit, type Scale } from '../../core/quota/unit.ts';
import { HOUR_MS, SECOND_MS } from '../../core/time.ts';
import { parseSeconds } from '../fields.ts';
import { RowOrder } from './rowOrder.ts';
import { spendRecordOf } from './spendRecords.ts';
import { parseSpendRow } from './spendRows.ts';

/** What is known about a key's log beside its rows. */
export interface KeyLogFacts {
  readonly scale: Scale;
  /** The first second (epoch seconds) of which rows may still come. */
  readonly settled: number;
  /** Whether the log holds fewer rows than the gateway sends at most. */
  readonly isWhole: boolean;
  /** What the key had used in all, in raw units, at a moment in epoch seconds by the gateway's clock. */
  readonly used: { readonly raw: number; readonly at: number } | undefined;
}

/** Rows so far ahead of the gateway's clock are of no moment that is known. */
const MAX_AHEAD_S = HOUR_MS / SECOND_MS;
/** How much later than the counter a row may be written. */
const COUNTER_SLACK_S = 5;
/** Amounts of readings are rounded to six decimals. */
const ROUNDING = 1e-6;
/** The most spans that an answer is split into by seconds with unreadable rows; the oldest are left out. */
const MAX_SPANS = 50;

/**
 * What a key's log tells for the ledger: one span of time, or several around the seconds of rows whose amount cannot be
 * read. A log that was cleared is whole again with the rows since, so it counts as known from its first row on only where
 * its rows make up what the key has used, or nobody can tell what that is.
 */
export function keyLogRecords(wire: readonly unknown[], facts: KeyLogFacts): readonly SpendRecords[] {
  const { scale, isWhole } = facts;
  // A log without rows may be one that is not kept: a counter at 0 tells as much, up to when it was read.
  const settled = wire.length === 0 ? Math.min(facts.settled, facts.used?.at ?? 0) : facts.settled;
  const { records, holes, order, unreadable, hasRowWithoutTime } = readRows(wire, settled);
  const all = { source: 'keyLog', scale, unreadable } as const;
  const from = isWhole ? (holdsAllSpend(records, unreadable, facts) ? 0 : order.oldest) : order.completeFrom;
  if (from === undefined || hasRowWithoutTime) return [{ ...all, records, complete: undefined }];
  const spans = spansBetween(from, settled, holes);
  if (spans.length === 0) return [{ ...all, records, complete: undefined }];
  return spans.map(complete => ({
    ...all,
    records: records.filter(({ at }) => at >= complete.from && at < complete.to),
    complete,
  }));
}

/** The key's counter at its last reading; undefined where that is not in the unit of `scale`, or may be its account's. */
export function usedOf(
  reading: Reading | undefined,
  scale: Scale,
  clockAheadMs: number,
): KeyLogFacts['used'] {
  const used = reading?.quota?.used;
  if (!reading || used === undefined || !isSameUnit(reading.unit, scale.unit)) return undefined;
  if (reading.source === 'account' || reading.isAccountPossible) return undefined;
  const at = Math.floor((Date.parse(reading.takenAt) - clockAheadMs) / SECOND_MS);
  return { raw: used * scale.perUnit, at };
}

function readRows(wire: readonly unknown[], settled: number) {
  const records: SpendRecord[] = [];
  const holes = new Set<number>();
  const seen = new Set<string>();
  const order = new RowOrder();
  let unreadable = 0;
  let hasRowWithoutTime = false;
  for (const each of wire) {
    const second = secondOf(each);
    if (second !== undefined) order.add(second);
    const row = parseSpendRow(each);
    const record = row && spendRecordOf(row);
    if (second === undefined) hasRowWithoutTime = true;
    if (!row || (record && record.at > settled + MAX_AHEAD_S)) {
      unreadable++;
      if (second !== undefined) holes.add(second);
      continue;
    }
    // Only with an id of its request are two equal rows known to be one.
    const identity = row.request_id ? JSON.stringify([row.request_id, row.type, record]) : undefined;
    if (identity !== undefined && seen.has(identity)) continue;
    if (identity !== undefined) seen.add(identity);
    if (record) records.push(record);
  }
  return { records, holes, order, unreadable, hasRowWithoutTime };
}

function secondOf(wire: unknown): number | undefined {
  const { created_at } = (typeof wire === 'object' && wire !== null ? wire : {}) as { created_at?: unknown };
  const seconds = parseSeconds(created_at);
  return seconds === undefined ? undefined : Math.floor(seconds);
}

function holdsAllSpend(
  records: readonly SpendRecord[],
  unreadable: number,
  { used, scale }: KeyLogFacts,
): boolean {
  if (unreadable > 0) return false;
  if (!used) return records.length > 0;
  const sum = records.reduce((sum, { at, raw }) => (at <= used.at + COUNTER_SLACK_S ? sum + raw : sum), 0);
  return sum >= used.raw - ROUNDING * scale.perUnit;
}

/** The spans of `[from, to)` between seconds that are left out, oldest first. */
function spansBetween(from: number, to: number, holes: ReadonlySet<number>) {
  const spans: { readonly from: number; readonly to: number }[] = [];
  let start = from;
  for (const hole of [...holes].sort((a, b) => a - b)) {
    if (hole >= to) break;
    if (hole > start) spans.push({ from: start, to: hole });
    start = Math.max(start, hole + 1);
  }
  if (to > start) spans.push({ from: start, to });
  return spans.slice(-MAX_SPANS);
}
