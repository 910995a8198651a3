import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { localDay } from '../../src/core/usage/range.ts';
import { databasePath } from '../../src/store/database.ts';
import { loadHistoryTables } from '../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../src/store/store.ts';
import { SETTINGS } from '../unit/support/testWindow.ts';
import { DAY_S, type SpendShape, STEP_S } from './spendShapes.ts';

// So that a store's history can be used at once.
await loadHistoryTables();

const UNIT = { code: 'USD', source: 'gateway' } as const;

export interface Year {
  readonly store: SqliteStore;
  readonly keyIds: readonly string[];
  /** When it ends, in epoch milliseconds. */
  readonly end: number;
}

/**
 * A year of readings of many keys in a new database. The rows are written as `HistoryTable.append` writes
 * them, but a day of all keys in one transaction; housekeeping is the product's own, once a day of the year.
 */
export function yearOfHistory(folder: string, keys: number, days: number, shape: SpendShape): Year {
  const end = Math.floor(Date.UTC(2026, 5, 15) / 1000);
  const start = end - days * DAY_S;
  const store = new SqliteStore(folder, start * 1000);
  const keyIds = Array.from({ length: keys }, (_, index) => `key-${index}`);
  beginHistories(store, keyIds, start);
  const writer = new Writer(folder, shape);
  for (let day = 0; day < days; day++) {
    writer.writeDay(start + day * DAY_S);
    keepHouse(store, start + (day + 1) * DAY_S);
  }
  writer.close();
  // The next to write finds the log moved, and cuts it to its limit.
  store.transaction(() => store.maintenance.markDone('daily', end * 1000));
  return { store, keyIds, end: end * 1000 };
}

/**
 * Writes the first reading of each key by the product's own code, which makes meters and series with the keys' numbers.
 */
function beginHistories(store: SqliteStore, ids: readonly string[], start: number): void {
  store.transaction(() => {
    for (const id of ids) {
      store.keys.addKey({
        id,
        label: id,
        kind: 'newApi',
        baseUrl: 'https://gw.example',
        credential: 'apiKey',
        fingerprint: id,
        pinned: false,
        createdAt: start * 1000,
      });
      const at = (start - STEP_S) * 1000;
      store.history.appendReading(id, UNIT, { at, used: 0, remaining: 1e6 }, at);
    }
  });
}

/** What housekeeping does, without its pauses. */
function keepHouse(store: SqliteStore, at: number): void {
  const spans = store.compaction.spansToCompact(SETTINGS.retention, at * 1000);
  for (const keyNo of store.compaction.keysToCompact()) {
    store.transaction(() => store.compaction.compactKey(keyNo, spans));
  }
  store.transaction(() => store.compaction.finishCompaction(spans));
}

interface Counter {
  readonly keyNo: number;
  used: number;
  rowAt: number;
}

class Writer {
  readonly #database: DatabaseSync;
  readonly #shape: SpendShape;
  readonly #insert: StatementSync;
  readonly #prolong: StatementSync;
  readonly #addDay: StatementSync;
  readonly #setMeter: StatementSync;
  readonly #counters: readonly Counter[];
  #seed = 1;

  constructor(folder: string, shape: SpendShape) {
    this.#shape = shape;
    this.#database = new DatabaseSync(databasePath(folder));
    this.#database.exec('PRAGMA busy_timeout = 5000; PRAGMA synchronous = OFF');
    const sql = (text: string) => this.#database.prepare(text);
    this.#insert = sql(
      'INSERT INTO readings (key_no, at, lasted, series_no, remaining, used, spent) VALUES (?1, ?2, 0, ?1, ?3, ?4, ?5)',
    );
    this.#prolong = sql('UPDATE readings SET lasted = ? - at WHERE key_no = ? AND at = ?');
    this.#addDay = sql('INSERT INTO days (key_no, day, series_no, spent) VALUES (?1, ?2, ?1, ?3)');
    this.#setMeter = sql('UPDATE meters SET high = ?, remaining = ? WHERE key_no = ?');
    const rows = sql('SELECT key_no, at FROM readings ORDER BY key_no').all();
    this.#counters = rows.map(row => ({ keyNo: Number(row.key_no), used: 0, rowAt: Number(row.at) }));
  }

  writeDay(from: number): void {
    this.#database.exec('BEGIN IMMEDIATE');
    for (const counter of this.#counters) this.#writeKeyDay(counter, from);
    this.#database.exec('COMMIT');
  }

  /** Moves the log into the file, as the product's thread does from time to time; none could come in between here. */
  close(): void {
    this.#database.exec('PRAGMA wal_checkpoint(RESTART)');
    this.#database.close();
  }

  #writeKeyDay(counter: Counter, from: number): void {
    const byDay = new Map<string, number>();
    for (let at = from; at < from + DAY_S; at += STEP_S) {
      const spent = this.#shape.spent(at, this.#chance());
      if (spent === 0) continue;
      // The run of equal readings before ends with the last of them.
      if (at - STEP_S > counter.rowAt) this.#prolong.run(at - STEP_S, counter.keyNo, counter.rowAt);
      counter.used += spent;
      counter.rowAt = at;
      this.#insert.run(counter.keyNo, at, 1e12 - counter.used, counter.used, spent);
      const day = localDay(at * 1000);
      byDay.set(day, (byDay.get(day) ?? 0) + spent);
    }
    for (const [day, spent] of byDay) this.#addDay.run(counter.keyNo, day, spent);
    this.#setMeter.run(counter.used, 1e12 - counter.used, counter.keyNo);
  }

  /** The same in every run: Lehmer's generator. */
  #chance(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}
