import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Every call to a gateway, written down before it is sent, and the pauses gateways asked for. */
export class RequestLog {
  readonly #add: StatementSync;
  readonly #since: StatementSync;
  readonly #forget: StatementSync;
  readonly #hold: StatementSync;
  readonly #heldUntil: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare('INSERT INTO requests (origin, limiter, sent_at) VALUES (?, ?, ?)');
    this.#since = database.prepare(
      'SELECT sent_at FROM requests WHERE origin = ? AND limiter = ? AND sent_at > ? ORDER BY sent_at',
    );
    this.#forget = database.prepare('DELETE FROM requests WHERE sent_at < ?');
    this.#hold = database.prepare(
      `INSERT INTO holds (origin, limiter, until) VALUES (?, ?, ?)
       ON CONFLICT (origin, limiter) DO UPDATE SET until = max(until, excluded.until)`,
    );
    this.#heldUntil = database.prepare('SELECT until FROM holds WHERE origin = ? AND limiter = ?');
  }

  add(origin: string, limiter: string, sentAt: number): void {
    this.#add.run(origin, limiter, sentAt);
  }

  /** When calls were sent after `since`, oldest first. Epoch milliseconds. */
  sentSince(origin: string, limiter: string, since: number): number[] {
    return this.#since.all(origin, limiter, since).map(row => Number(row.sent_at));
  }

  forgetBefore(time: number): void {
    this.#forget.run(time);
  }

  /** Keeps a limiter closed until a moment; a shorter hold never shortens a longer one. */
  hold(origin: string, limiter: string, until: number): void {
    this.#hold.run(origin, limiter, until);
  }

  heldUntil(origin: string, limiter: string): number | undefined {
    const row = this.#heldUntil.get(origin, limiter);
    return row && Number(row.until);
  }
}
