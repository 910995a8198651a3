import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CLOCK_SLACK_MS } from '../core/ports/clock.ts';
import { numbered } from './numbered.ts';

/** Every call to a gateway, written down before it is sent, and the pauses gateways asked for. */
export class RequestLog {
  readonly #add: StatementSync;
  readonly #since: StatementSync;
  readonly #newest: StatementSync;
  readonly #lastPaced: StatementSync;
  readonly #forget: StatementSync;
  readonly #hold: StatementSync;
  readonly #heldUntil: StatementSync;
  readonly #last: StatementSync;
  readonly #takeBackCalls: StatementSync;
  readonly #takeBackHolds: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare(
      'INSERT INTO requests (origin, limiter, sent_at, paced) VALUES (?, ?, ?, ?)',
    );
    this.#since = database.prepare(
      'SELECT sent_at FROM requests WHERE origin = ? AND limiter = ? AND sent_at > ? ORDER BY sent_at',
    );
    this.#newest = database.prepare(
      `SELECT sent_at FROM requests WHERE origin = ? AND limiter = ? AND sent_at > ?
       ORDER BY sent_at DESC LIMIT 1 OFFSET ?`,
    );
    this.#lastPaced = database.prepare(
      `SELECT sent_at FROM requests WHERE origin = ? AND limiter = ? AND sent_at > ? AND paced = 1
       ORDER BY sent_at DESC LIMIT 1`,
    );
    this.#forget = database.prepare('DELETE FROM requests WHERE sent_at < ?');
    this.#hold = database.prepare(
      `INSERT INTO holds (origin, limiter, since, until) VALUES (?, ?, ?, ?)
       ON CONFLICT (origin, limiter) DO UPDATE SET since = excluded.since, until = max(until, excluded.until)`,
    );
    this.#heldUntil = database.prepare('SELECT until FROM holds WHERE origin = ? AND limiter = ?');
    this.#last = database.prepare('SELECT sent_at FROM requests ORDER BY rowid DESC LIMIT 1');
    this.#takeBackCalls = database.prepare(
      `UPDATE requests SET sent_at = sent_at - ?1 WHERE sent_at > (SELECT ifnull(max(sent_at), 0)
         FROM (SELECT sent_at, lead(sent_at) OVER (ORDER BY sent_at) AS next FROM requests)
         WHERE sent_at <= ?2 AND 2 * (next - sent_at) >= ?1)`,
    );
    this.#takeBackHolds = database.prepare(
      'UPDATE holds SET until = ?1 + until - since, since = ?1 WHERE since > ?1',
    );
  }

  /** `paced` marks calls that are throttled to a distance from each other. */
  addCall(baseUrl: string, limiter: string, sentAt: number, paced = false): void {
    this.#add.run(baseUrl, limiter, sentAt, paced ? 1 : 0);
  }

  /** When calls were sent after `since`, oldest first. Epoch milliseconds. */
  sentSince(baseUrl: string, limiter: string, since: number): number[] {
    return this.#since.all(baseUrl, limiter, since).map(row => Number(row.sent_at));
  }

  /** When the `n`th newest call was sent, from 1 on, if it was after `since`. */
  newestSince(baseUrl: string, limiter: string, since: number, n: number): number | undefined {
    const row = this.#newest.get(baseUrl, limiter, since, n - 1);
    return row && Number(row.sent_at);
  }

  /** When the last call that keeps a distance was sent, if it was after `since`. */
  lastPaced(baseUrl: string, limiter: string, since: number): number | undefined {
    const row = this.#lastPaced.get(baseUrl, limiter, since);
    return row && Number(row.sent_at);
  }

  deleteBefore(time: number): void {
    this.#forget.run(time);
  }

  /** Holds a limiter until a moment; a shorter hold never shortens a longer one. */
  holdLimiter(baseUrl: string, limiter: string, until: number, now: number): void {
    this.#hold.run(baseUrl, limiter, now, until);
  }

  /**
   * Moves calls written before the clock was put back to now and before it, as far apart as they were, and holds to now:
   * they are neither forgotten nor do they close a limiter until the clock has caught up.
   */
  dropFuture(now: number): void {
    // The clock was put back at least so far, since this call was sent before.
    const ahead = Number(this.#last.get()?.sent_at ?? 0) - now;
    if (ahead <= CLOCK_SLACK_MS) return;
    // Calls of before a long pause may be by the clock of now, if that was put forward meanwhile: they stay.
    this.#takeBackCalls.run(numbered(ahead, now));
    this.#takeBackHolds.run(numbered(now));
  }

  heldUntil(baseUrl: string, limiter: string): number | undefined {
    const row = this.#heldUntil.get(baseUrl, limiter);
    return row && Number(row.until);
  }
}
