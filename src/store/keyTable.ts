import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CredentialType, KeyRecord } from '../core/quota/key.ts';
import { RowCache } from './rowCache.ts';
import { damaged } from './sqliteErrors.ts';
import { timeFrom } from './storedShape.ts';

/** The keys' records. Never a secret. */
export class KeyTable {
  readonly #all: StatementSync;
  readonly #ofSite: StatementSync;
  readonly #one: StatementSync;
  readonly #put: StatementSync;
  readonly #rename: StatementSync;
  readonly #pin: StatementSync;
  readonly #setNote: StatementSync;
  readonly #setPlace: StatementSync;
  readonly #setPaused: StatementSync;
  readonly #setFingerprint: StatementSync;
  readonly #setBaseUrl: StatementSync;
  readonly #remove: StatementSync;
  readonly #records = new RowCache(recordOf);

  constructor(database: DatabaseSync) {
    const order = 'ORDER BY place IS NULL, place, created_at, no';
    this.#all = database.prepare(`SELECT * FROM keys ${order}`);
    this.#ofSite = database.prepare(`SELECT * FROM keys WHERE origin = ? AND kind = ? ${order}`);
    this.#one = database.prepare('SELECT * FROM keys WHERE id = ?');
    this.#put = database.prepare(
      `INSERT INTO keys (id, label, kind, origin, credential, user_id, fingerprint, pinned, created_at, note)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#rename = database.prepare('UPDATE keys SET label = ? WHERE id = ?');
    this.#pin = database.prepare('UPDATE keys SET pinned = ? WHERE id = ?');
    this.#setNote = database.prepare('UPDATE keys SET note = ? WHERE id = ?');
    this.#setPlace = database.prepare('UPDATE keys SET place = ? WHERE id = ?');
    this.#setPaused = database.prepare('UPDATE keys SET paused_at = ? WHERE id = ?');
    this.#setFingerprint = database.prepare('UPDATE keys SET fingerprint = ? WHERE id = ?');
    this.#setBaseUrl = database.prepare('UPDATE keys SET origin = ? WHERE id = ?');
    this.#remove = database.prepare('DELETE FROM keys WHERE id = ?');
  }

  allKeys(): KeyRecord[] {
    return this.#all.all().map(row => this.#records.cachedValue(row.id, row));
  }

  keysOfSite(kind: string, baseUrl: string): KeyRecord[] {
    return this.#ofSite.all(baseUrl, kind).map(row => this.#records.cachedValue(row.id, row));
  }

  findKey(id: string): KeyRecord | undefined {
    const row = this.#one.get(id);
    return row && this.#records.cachedValue(row.id, row);
  }

  /** Adds a record; one that is there already stays as it is. */
  addKey(key: KeyRecord): void {
    this.#put.run(
      key.id,
      key.label,
      key.kind,
      key.baseUrl,
      key.credential,
      key.userId ?? null,
      key.fingerprint,
      key.pinned ? 1 : 0,
      key.createdAt,
      key.note ?? null,
    );
  }

  renameKey(id: string, label: string): void {
    this.#rename.run(label, id);
  }

  pinKey(id: string, pinned: boolean): void {
    this.#pin.run(pinned ? 1 : 0, id);
  }

  setNote(id: string, note: string | undefined): void {
    this.#setNote.run(note ?? null, id);
  }

  setOrder(ids: readonly string[]): void {
    for (const [place, id] of ids.entries()) this.#setPlace.run(place, id);
  }

  setPaused(id: string, since: number | undefined): void {
    this.#setPaused.run(since ?? null, id);
  }

  setFingerprint(id: string, fingerprint: string): void {
    this.#setFingerprint.run(fingerprint, id);
  }

  setBaseUrl(id: string, baseUrl: string): void {
    this.#setBaseUrl.run(baseUrl, id);
  }

  /** Removes the record and every row of the key. */
  removeKey(id: string): void {
    this.#remove.run(id);
  }
}

/** We never write a record without an address; such a row is damaged, and is rebuilt from the entry of its secret. */
function recordOf(row: Readonly<Record<string, unknown>>): KeyRecord {
  if (!URL.canParse(String(row.origin)) || row.id === '') throw damaged();
  return {
    id: String(row.id),
    label: String(row.label),
    kind: String(row.kind),
    baseUrl: String(row.origin),
    credential: String(row.credential) as CredentialType,
    userId: row.user_id === null ? undefined : String(row.user_id),
    fingerprint: String(row.fingerprint),
    pinned: row.pinned === 1,
    ...(typeof row.note === 'string' && { note: row.note }),
    pausedAt: timeFrom(row.paused_at),
    createdAt: timeFrom(row.created_at) ?? 0,
  };
}
