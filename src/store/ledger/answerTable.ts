import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LedgerSource, SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { LedgerProgress } from '../../core/ports/ledgerTable.ts';
import { type LedgerKey, unitOf } from './spendSeries.ts';

/** Which answers go on with each other: those about one key, by one source, to one secret. */
export interface LogId {
  readonly keyNo: number;
  readonly source: LedgerSource;
  readonly fingerprint: string;
}

/** What the last answer of each source held. */
export class AnswerTable {
  readonly #find: StatementSync;
  readonly #save: StatementSync;
  readonly #saveSeconds: StatementSync;
  readonly #saveBehind: StatementSync;
  readonly #erase: StatementSync;
  readonly #carryOn: StatementSync;

  constructor(database: DatabaseSync) {
    const isOne = 'WHERE key_no = ? AND source = ? AND fingerprint = ?';
    this.#find = database.prepare(`SELECT * FROM spend_answers ${isOne}`);
    this.#save = database.prepare(
      `INSERT INTO spend_answers (key_no, source, fingerprint, taken_in_at, rows, since, until, raw, code, symbol,
         per_unit, used) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET taken_in_at = excluded.taken_in_at, rows = excluded.rows, since = excluded.since,
         until = excluded.until, raw = excluded.raw, code = excluded.code, symbol = excluded.symbol,
         per_unit = excluded.per_unit, used = excluded.used`,
    );
    this.#saveSeconds = database.prepare(`UPDATE spend_answers SET seconds_from = ? ${isOne}`);
    this.#saveBehind = database.prepare(`UPDATE spend_answers SET behind_s = ? ${isOne}`);
    this.#carryOn = database.prepare(
      `UPDATE OR IGNORE spend_answers SET fingerprint = ?, taken_in_at = 0, rows = 0, since = NULL, until = NULL, raw = 0,
         used = NULL WHERE key_no = ? AND fingerprint = ?`,
    );
    this.#erase = database.prepare('DELETE FROM spend_answers WHERE key_no = ?');
  }

  progressOf({ keyNo, source, fingerprint }: LogId): LedgerProgress | undefined {
    const row = this.#find.get(keyNo, source, fingerprint);
    if (!row) return undefined;
    const { since, until, used } = row;
    return {
      takenInAt: Number(row.taken_in_at),
      rows: Number(row.rows),
      span: since === null ? undefined : { from: Number(since) * 1000, to: Number(until) * 1000 },
      raw: Number(row.raw),
      unit: unitOf(row),
      perUnit: Number(row.per_unit),
      usedRaw: used === null ? undefined : Number(used),
    };
  }

  /** Since which second, the first of a quarter, rows are kept by the second; undefined where none are. */
  secondsFrom({ keyNo, source, fingerprint }: LogId): number | undefined {
    const second = this.#find.get(keyNo, source, fingerprint)?.seconds_from;
    return second === null || second === undefined ? undefined : Number(second);
  }

  /** Called inside a transaction. */
  saveAnswer(
    { keyNo, source, fingerprint }: LogId,
    { records: told, partOf, scale, rows }: SpendRecords,
    now: number,
    usedRaw?: number,
  ): void {
    const records = partOf?.records ?? told;
    let [since, until, raw] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (const record of records) {
      const { at, lasts = 1 } = record;
      if (Number.isFinite(record.raw)) raw += record.raw;
      if (!Number.isSafeInteger(at) || !Number.isSafeInteger(at + lasts)) continue;
      since = Math.min(since, at);
      until = Math.max(until, at + lasts);
    }
    const span = since < until ? ([since, until] as const) : ([null, null] as const);
    const used = usedRaw !== undefined && Number.isFinite(usedRaw) ? usedRaw : null;
    const { unit, perUnit } = scale;
    const counted = [raw, unit.code, unit.symbol ?? '', perUnit, used] as const;
    this.#save.run(keyNo, source, fingerprint, now, rows ?? records.length, ...span, ...counted);
  }

  /** How many seconds the end of the last answer was behind our clock; undefined where that is not known. */
  behindOf({ keyNo, source, fingerprint }: LogId): number | undefined {
    const seconds = this.#find.get(keyNo, source, fingerprint)?.behind_s;
    return seconds === null || seconds === undefined ? undefined : Number(seconds);
  }

  /** Called inside a transaction, after `saveAnswer`. */
  saveBehind({ keyNo, source, fingerprint }: LogId, seconds: number): void {
    this.#saveBehind.run(seconds, keyNo, source, fingerprint);
  }

  /** Called inside a transaction, after `saveAnswer`. */
  saveSecondsFrom({ keyNo, source, fingerprint }: LogId, second: number): void {
    this.#saveSeconds.run(second, keyNo, source, fingerprint);
  }

  /**
   * Moves a key's answers to another secret, whose log is due at once: only the second is kept since which rows are
   * stored by the second. Called inside a transaction.
   */
  carryOn({ no, fingerprint }: LedgerKey, next: string): void {
    this.#carryOn.run(next, no, fingerprint);
  }

  eraseAll(keyNo: number): void {
    this.#erase.run(keyNo);
  }
}
