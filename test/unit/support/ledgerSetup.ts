import type { LedgerSource, SpendRecord, SpendRecords } from '../../../src/core/ledger/spendRecord.ts';
import type { Scale } from '../../../src/core/quota/unit.ts';
import type { SqliteStore } from '../../../src/store/store.ts';

/** The beginning of a quarter of an hour, an hour and a day of UTC. Epoch seconds. */
export const START = Date.UTC(2026, 5, 15) / 1000;

export const USD: Scale = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 };

/** A row of a log, so many seconds from the start. */
export function row(second: number, raw: number, model = 'm', keyName = ''): SpendRecord {
  return { at: START + second, keyName, model, raw, requests: 1, promptTokens: 10, completionTokens: 1 };
}

/** A sum over so many seconds. */
export function sum(second: number, lasts: number, raw: number, model = 'm'): SpendRecord {
  return { ...row(second, raw, model), lasts };
}

/** An answer that is complete between two seconds from the start; from 0 of all time where `from` is undefined. */
export function answer(
  from: number | undefined,
  to: number,
  records: readonly SpendRecord[],
  { source = 'keyLog', scale = USD }: { source?: LedgerSource; scale?: Scale } = {},
): SpendRecords {
  const complete = { from: from === undefined ? 0 : START + from, to: START + to };
  return { source, scale, records, complete, unreadable: 0 };
}

/** Takes an answer in for a key whose secret has that fingerprint. */
export function takeIn(
  store: SqliteStore,
  told: SpendRecords,
  {
    id = 'a',
    fingerprint = 'f',
    now = START * 1000,
  }: { id?: string; fingerprint?: string; now?: number } = {},
): void {
  store.transaction(() => store.ledger.takeIn(id, fingerprint, told, now));
}

/** What a key's coverage is, in seconds from the start. */
export function covered(store: SqliteStore, id = 'a'): [from: number, to: number, source: string][] {
  return store.ledger
    .coverageOf(id)
    .map(({ from, to, source }) => [from === 0 ? 0 : from / 1000 - START, to / 1000 - START, source]);
}

/** A key's cells of one source: second from the start, model, raw amount, requests. */
export function cells(store: SqliteStore, source: LedgerSource = 'keyLog', id = 'a') {
  return store.ledger
    .cellsOf(id, source, { from: 0, to: Number.MAX_SAFE_INTEGER })
    .map(({ from, model, raw, requests }) => [from / 1000 - START, model, raw, requests]);
}
