import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** When maintenance was last done, so that one window does it for all. Epoch milliseconds. */
export class MaintenanceTable {
  readonly #doneAt: StatementSync;
  readonly #done: StatementSync;
  readonly #lastZone: StatementSync;

  constructor(database: DatabaseSync) {
    this.#doneAt = database.prepare('SELECT done_at FROM chores WHERE name = ?');
    this.#done = database.prepare(
      'INSERT INTO chores (name, done_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET done_at = excluded.done_at',
    );
    this.#lastZone = database.prepare(
      "SELECT name, done_at FROM chores WHERE name LIKE 'zone %' ORDER BY done_at DESC LIMIT 1",
    );
  }

  doneAt(name: string): number {
    return Number(this.#doneAt.get(name)?.done_at ?? 0);
  }

  markDone(name: string, now: number): void {
    this.#done.run(name, now);
  }

  zoneSince(zone: string): number | undefined {
    const last = this.#lastZone.get();
    return last?.name === nameOf(zone) ? Number(last.done_at) : undefined;
  }

  beginZone(zone: string, now: number): number {
    const since = this.#lastZone.get() ? now : 0;
    this.markDone(nameOf(zone), since);
    return since;
  }
}

function nameOf(zone: string): string {
  return `zone ${zone}`;
}
