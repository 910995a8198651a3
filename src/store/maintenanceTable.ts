import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** When maintenance was last done, so that one window does it for all. Epoch milliseconds. */
export class MaintenanceTable {
  readonly #doneAt: StatementSync;
  readonly #done: StatementSync;

  constructor(database: DatabaseSync) {
    this.#doneAt = database.prepare('SELECT done_at FROM chores WHERE name = ?');
    this.#done = database.prepare(
      'INSERT INTO chores (name, done_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET done_at = excluded.done_at',
    );
  }

  doneAt(name: string): number {
    return Number(this.#doneAt.get(name)?.done_at ?? 0);
  }

  markDone(name: string, now: number): void {
    this.#done.run(name, now);
  }
}
