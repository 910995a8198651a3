import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Retention } from '../quota/retention.ts';

const DAY_S = 86_400;
const HOUR_S = 3600;

/** Merges old readings: the last figures of each hour or day, with all that was spent in it. */
export class Compaction {
  readonly #keys: StatementSync;
  readonly #gather: StatementSync;
  readonly #clear: StatementSync;
  readonly #putBack: StatementSync;
  readonly #drop: StatementSync;

  constructor(database: DatabaseSync) {
    const merged = `SELECT key_no, min(at) AS first, max(at) AS last_at, lasted, unit_no, remaining, used, sum(spent) AS spent,
      count(*) AS rows FROM readings WHERE key_no = ? AND at >= ? AND at < ? GROUP BY unit_no, at / ?`;
    database.exec(
      'CREATE TEMP TABLE IF NOT EXISTS merged (key_no, first, last_at, lasted, unit_no, remaining, used, spent)',
    );
    this.#keys = database.prepare('SELECT no FROM keys ORDER BY no');
    // Beside max(), SQLite takes the other columns from the row that has the maximum.
    this.#gather = database.prepare(
      `INSERT INTO merged SELECT key_no, first, last_at, lasted, unit_no, remaining, used, spent FROM (${merged}) WHERE rows > 1`,
    );
    this.#clear = database.prepare(
      `DELETE FROM readings WHERE EXISTS (SELECT 1 FROM merged WHERE merged.key_no = readings.key_no
       AND merged.unit_no = readings.unit_no AND readings.at BETWEEN merged.first AND merged.last_at) AND key_no = ?`,
    );
    this.#putBack = database.prepare(
      `INSERT INTO readings (key_no, at, lasted, unit_no, remaining, used, spent)
       SELECT key_no, first, last_at - first + lasted, unit_no, remaining, used, spent FROM merged`,
    );
    this.#drop = database.prepare('DELETE FROM merged');
  }

  /** The keys to go through, one `compactKey` each, so that no transaction is long. */
  keyNumbers(): number[] {
    return this.#keys.all().map(row => Number(row.no));
  }

  /** Compacts one key's readings. Called inside a transaction. `now` in epoch milliseconds. */
  compactKey(keyNo: number, { rawDays, hourlyDays }: Retention, now: number): void {
    const second = Math.floor(now / 1000);
    const rawFrom = wholeHours(second - rawDays * DAY_S);
    const hourlyFrom = wholeHours(second - Math.max(rawDays, hourlyDays) * DAY_S);
    this.#merge(keyNo, hourlyFrom, rawFrom, HOUR_S);
    this.#merge(keyNo, 0, hourlyFrom, DAY_S);
  }

  #merge(keyNo: number, from: number, to: number, span: number): void {
    this.#gather.run(keyNo, from, to, span);
    this.#clear.run(keyNo);
    this.#putBack.run();
    this.#drop.run();
  }
}

function wholeHours(seconds: number): number {
  return Math.max(0, Math.floor(seconds / HOUR_S) * HOUR_S);
}
