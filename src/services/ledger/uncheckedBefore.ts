import type { LedgerSource } from '../../core/ledger/spendRecord.ts';
import type { Store } from '../../core/ports/store.ts';
import { aheadOfGateway } from '../../core/quota/aheadOfGateway.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isSameUnit, ROUNDING } from '../../core/quota/unit.ts';
import { DAY_MS, isoTime } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { rangeInLedger } from './rangeInLedger.ts';

type CheckStore = Pick<Store, 'logTries' | 'ledger' | 'history' | 'states'>;
type Key = Pick<KeyRecord, 'id' | 'createdAt'>;

/** The sources that a gateway writes only while its log is switched on. */
const OF_LOG: ReadonlySet<LedgerSource> = new Set(['keyLog', 'accountLog', 'hourlySums']);
/** A key that its gateway does not answer for at first is read later than it is added. */
const FIRST_READING_MS = DAY_MS;

/**
 * Adds up to when only the gateway's log tells of a range. A log lacks rows where it was switched off for some time. From
 * a key's first reading on its counter would show that; before, only a log that reaches back to the key's first request
 * can be held against it.
 */
export function withUnchecked(store: CheckStore, key: Key, usage: Usage, range: Range): Usage {
  const { coverage, source, total } = usage;
  const from = Math.max(range.from, Date.parse(coverage.from ?? isoTime(range.from)));
  if (total === undefined || source === 'recorded') return usage;
  // Most ranges begin after the key was added and need no query of the history.
  if (from >= key.createdAt + FIRST_READING_MS) return usage;
  const before = firstReadAt(store, key);
  const isOfLog = store.ledger.coverageOf(key.id).some(span => OF_LOG.has(span.source) && span.to > from);
  if (from >= before || !isOfLog || wasCompared(store, key.id)) return usage;
  return { ...usage, coverage: { ...coverage, uncheckedBefore: isoTime(before) } };
}

function firstReadAt({ history }: Pick<Store, 'history'>, { id, createdAt }: Key): number {
  const [first] = history.historyRows(id, createdAt, createdAt + FIRST_READING_MS);
  return first?.from ?? createdAt;
}

/** True also where rows were found missing, which reports say in another way. */
function wasCompared(store: CheckStore, keyId: string): boolean {
  const unloggedUntil = store.logTries.unloggedUntil(keyId);
  if (unloggedUntil !== undefined) return unloggedUntil >= 0;
  const reading = store.states.stateOf(keyId)?.reading;
  return reading !== undefined && isAllLogged(store, keyId, reading);
}

/** Whether the ledger has all that was used up to a reading. */
function isAllLogged({ ledger }: Pick<Store, 'ledger'>, keyId: string, reading: Reading): boolean {
  const used = reading.quota?.used ?? reading.account?.used;
  if (used === undefined) return false;
  const to = Date.parse(reading.takenAt) - aheadOfGateway(reading);
  const { cells } = rangeInLedger(ledger, keyId, { from: 0, to }, false);
  const logged = cells.reduce(
    (sum, { unit, raw, perUnit }) => (isSameUnit(unit, reading.unit) ? sum + raw / perUnit : sum),
    0,
  );
  return logged >= used - ROUNDING;
}
