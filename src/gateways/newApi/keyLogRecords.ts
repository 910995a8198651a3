import type { SecondSpan, SpendRecord, SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isSameUnit, type Scale } from '../../core/quota/unit.ts';
import { HOUR_MS, SECOND_MS } from '../../core/time.ts';
import { completeWithout } from './completeWithout.ts';
import { RowOrder } from './rowOrder.ts';
import { spendRecordOf } from './spendRecords.ts';
import { parseSpendRow, secondOfRow } from './spendRows.ts';

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

/**
 * What a key's log tells for the ledger, without the seconds of rows whose amount cannot be read. A log that was cleared is
 * whole again with the rows since, so it counts as known from its first row on only where its rows make up what the key has
 * used, or nobody can tell what that is.
 */
export function keyLogRecords(wire: readonly unknown[], facts: KeyLogFacts): SpendRecords {
  const { scale, isWhole } = facts;
  // A log without rows may be one that is not kept: a counter at 0 tells as much, up to when it was read.
  const settled = wire.length === 0 ? Math.min(facts.settled, facts.used?.at ?? 0) : facts.settled;
  const { records, holes, order, unreadable, hasRowWithoutTime, keys } = readRows(wire, settled);
  const told = { source: 'keyLog', scale, records, unreadable, rows: wire.length } as const;
  const all = { ...told, isWholeLog: isWhole };
  const from = isWhole ? (holdsAllSpend(records, unreadable, facts) ? 0 : order.oldest) : order.completeFrom;
  // A gateway that sends rows of other keys as well does not say which are this key's.
  if (from === undefined || hasRowWithoutTime || keys.size > 1) return { ...all, complete: undefined };
  return { ...all, ...completeWithout({ from, to: settled }, holes) };
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
  const holes: SecondSpan[] = [];
  const seen = new Set<string>();
  const keys = new Set<number>();
  const order = new RowOrder();
  let unreadable = 0;
  let hasRowWithoutTime = false;
  // A row dated far ahead is only known to be written between its neighbors in the list.
  let neighbor = settled;
  let isAheadBefore = false;
  for (const each of wire) {
    const second = secondOfRow(each);
    const row = parseSpendRow(each);
    const record = row && spendRecordOf(row);
    if (second === undefined) hasRowWithoutTime = true;
    else if (second > settled + MAX_AHEAD_S) {
      if (!row || record) unreadable++;
      isAheadBefore ||= !row || record !== undefined;
      continue;
    } else {
      order.add(second);
      if (isAheadBefore) holes.push(spanBetween(neighbor, second));
      isAheadBefore = false;
      neighbor = second;
    }
    if (!row) {
      unreadable++;
      if (second !== undefined) holes.push(spanBetween(second, second));
      continue;
    }
    if (row.token_id) keys.add(row.token_id);
    // Only with an id of its request are two equal rows known to be one.
    const identity = row.request_id ? JSON.stringify([row.request_id, row.type, record]) : undefined;
    if (identity !== undefined && seen.has(identity)) continue;
    if (identity !== undefined) seen.add(identity);
    if (record) records.push(record);
  }
  if (isAheadBefore) holes.push(spanBetween(0, neighbor));
  return { records, holes, order, unreadable, hasRowWithoutTime, keys };
}

/** From one second to another, both included, in either order. */
function spanBetween(a: number, b: number): SecondSpan {
  return { from: Math.min(a, b), to: Math.max(a, b) + 1 };
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
