import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CheckState } from '../core/ports/checkTables.ts';
import type { Failure } from '../core/quota/failure.ts';
import type { KeyMemory } from '../core/quota/keyMemory.ts';
import type { Forecast } from '../core/quota/keyState.ts';
import type { Reading } from '../core/quota/reading.ts';
import { RowCache } from './rowCache.ts';
import { parseStored, SHAPES, timeFrom } from './storedShape.ts';

/** Epoch milliseconds; long past. */
const DUE_NOW = 0;

/** One row a key. */
export class StateTable {
  readonly #all: StatementSync;
  readonly #one: StatementSync;
  readonly #put: StatementSync;
  readonly #due: StatementSync;
  readonly #askThemselves: StatementSync;
  readonly #states = new RowCache(stateOfRow);

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT * FROM states');
    this.#one = database.prepare('SELECT * FROM states WHERE key_id = ?');
    this.#put = database.prepare(
      `INSERT INTO states
         (key_id, reading, failure, forecast, memory, checked_at, failures, due_at, unchanged_since, read_from)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET reading = excluded.reading, failure = excluded.failure, forecast = excluded.forecast,
         memory = excluded.memory, checked_at = excluded.checked_at, failures = excluded.failures, due_at = excluded.due_at,
         unchanged_since = excluded.unchanged_since, read_from = excluded.read_from`,
    );
    this.#due = database.prepare('UPDATE states SET due_at = ? WHERE key_id = ?');
    this.#askThemselves = database.prepare(
      // Not those that a server alone can ask: see `servedKeyId`.
      `UPDATE states SET due_at = ?, read_from = NULL WHERE read_from = ? AND instr(key_id, '~') = 0`,
    );
  }

  allStates(): CheckState[] {
    return this.#all.all().map(row => this.#states.cachedValue(row.key_id, row));
  }

  stateOf(keyId: string): CheckState | undefined {
    const row = this.#one.get(keyId);
    return row && this.#states.cachedValue(keyId, row);
  }

  saveState(state: CheckState): void {
    this.#put.run(
      state.keyId,
      state.reading ? JSON.stringify(state.reading) : null,
      state.failure ? JSON.stringify(state.failure) : null,
      state.forecast ? JSON.stringify(state.forecast) : null,
      state.memory ? JSON.stringify(state.memory) : null,
      state.checkedAt ?? null,
      state.failures,
      state.dueAt ?? null,
      state.unchangedSince ?? null,
      state.readFrom ?? null,
    );
  }

  setDue(keyId: string, dueAt: number): void {
    // An interval may be a part of a window, and so no whole number of milliseconds.
    this.#due.run(Math.round(dueAt), keyId);
  }

  askThemselves(accountId: string, dueAt: number): void {
    this.#askThemselves.run(dueAt, accountId);
  }
}

function stateOfRow(row: Readonly<Record<string, unknown>>): CheckState {
  const reading = parseStored<Reading>(row.reading, SHAPES.reading);
  const failure = parseStored<Failure>(row.failure, SHAPES.failure);
  const checkedAt = timeFrom(row.checked_at);
  const isWhole =
    isAsStored(row.reading, reading) &&
    isAsStored(row.failure, failure) &&
    isAsStored(row.checked_at, checkedAt);
  return {
    keyId: String(row.key_id),
    reading,
    failure,
    forecast: parseStored<Forecast>(row.forecast, SHAPES.forecast),
    memory: parseStored<KeyMemory>(row.memory, SHAPES.memory),
    checkedAt,
    unchangedSince: timeFrom(row.unchanged_since),
    failures: typeof row.failures === 'number' ? row.failures : 0,
    readFrom: typeof row.read_from === 'string' ? row.read_from : undefined,
    // A key of which a part is unreadable is due, even if it was paused. The first release stopped asking about a key
    // that was refused; such a key is due.
    dueAt: isWhole ? timeFrom(row.due_at ?? row.checked_at) : DUE_NOW,
  };
}

function isAsStored(column: unknown, value: unknown): boolean {
  return column === null || value !== undefined;
}
