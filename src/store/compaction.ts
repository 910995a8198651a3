import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Span } from '../core/ports/maintenanceTables.ts';
import type { Retention } from '../core/usage/retention.ts';
import type { MaintenanceTable } from './maintenanceTable.ts';
import { numbered } from './numbered.ts';

const DAY_S = 86_400;
const HOUR_S = 3600;

/** By the local clock, as people's days and reports are. */
const FORMATS = { hour: '%Y-%m-%d %H', day: '%Y-%m-%d' } as const;

/** Merges old readings: the last figures of each hour or day, with all that was spent in it. */
export class Compaction {
  readonly #maintenance: MaintenanceTable;
  readonly #keys: StatementSync;
  readonly #keysWithReadings: StatementSync;
  readonly #gather: StatementSync;
  readonly #clear: StatementSync;
  readonly #putBack: StatementSync;
  readonly #drop: StatementSync;

  constructor(database: DatabaseSync, maintenance: MaintenanceTable) {
    this.#maintenance = maintenance;
    database.exec('CREATE TEMP TABLE IF NOT EXISTS merged (series_no, first, last, spent, after_loss)');
    this.#keys = database.prepare('SELECT no FROM keys ORDER BY no');
    this.#keysWithReadings = database.prepare(
      `SELECT no FROM keys WHERE EXISTS (SELECT 1 FROM readings WHERE key_no = no AND at >= ? AND at < ?)
       ORDER BY no`,
    );
    this.#gather = database.prepare(
      `INSERT INTO merged SELECT series_no, min(at), max(at), sum(spent), max(after_loss) FROM readings
       WHERE key_no = ? AND at >= ? AND at < ? GROUP BY series_no, strftime(?, at, 'unixepoch', 'localtime')
       HAVING count(*) > 1`,
    );
    // The last row of each hour or day stays, and gets the time of the first.
    this.#clear = database.prepare(
      `DELETE FROM readings WHERE key_no = ?1 AND at IN (SELECT at FROM merged CROSS JOIN readings AS old
       ON old.key_no = ?1 AND old.at >= first AND old.at < last AND old.series_no = merged.series_no)`,
    );
    this.#putBack = database.prepare(
      `UPDATE readings SET at = first, lasted = last - first + lasted, spent = merged.spent, merged = 1,
         after_loss = merged.after_loss FROM merged
       WHERE key_no = ? AND at = last AND readings.series_no = merged.series_no`,
    );
    this.#drop = database.prepare('DELETE FROM merged');
  }

  /**
   * The numbers of the keys to compact, one `compactKey` each, so that no transaction is long: all, or those that have
   * readings of the time of `spans`.
   */
  keysToCompact(spans?: readonly Span[]): number[] {
    const rows = spans
      ? this.#keysWithReadings.all(
          Math.min(...spans.map(({ from }) => from)),
          Math.max(...spans.map(({ to }) => to)),
        )
      : this.#keys.all();
    return rows.map(row => Number(row.no));
  }

  /** The spans to compact since the last complete run. `now` is in epoch milliseconds. */
  spansToCompact({ rawDays, hourlyDays }: Retention, now: number): readonly Span[] {
    const second = Math.floor(now / 1000);
    const hourlyTo = whole(second - rawDays * DAY_S, HOUR_S);
    // Two days of room, so that a local day that falls into two runs is still merged into one.
    const dailyTo = whole(second - Math.max(rawDays, hourlyDays) * DAY_S, DAY_S);
    return [
      { each: 'day', from: this.#doneTo('day', now) - 2 * DAY_S, to: dailyTo },
      { each: 'hour', from: Math.max(this.#doneTo('hour', now) - HOUR_S, dailyTo), to: hourlyTo },
    ];
  }

  /** Compacts one key's readings. Called inside a transaction. */
  compactKey(keyNo: number, spans: readonly Span[]): void {
    for (const { each, from, to } of spans) {
      this.#gather.run(keyNo, from, to, FORMATS[each]);
      this.#clear.run(numbered(keyNo));
      this.#putBack.run(keyNo);
      this.#drop.run();
    }
  }

  /** Marks the spans as done for all keys. Called inside a transaction. */
  finishCompaction(spans: readonly Span[]): void {
    for (const { each, to } of spans) this.#maintenance.markDone(choreOf(each), to * 1000);
  }

  /**
   * Up to when readings are compacted, epoch seconds. A run in the future, from before the clock was put back, does not
   * count.
   */
  #doneTo(each: Span['each'], now: number): number {
    const doneTo = this.#maintenance.doneAt(choreOf(each));
    return doneTo <= now ? doneTo / 1000 : 0;
  }
}

function choreOf(each: Span['each']): string {
  return `by the ${each}`;
}

function whole(seconds: number, unit: number): number {
  return Math.max(0, Math.floor(seconds / unit) * unit);
}
