import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Stage } from '../../host/stage.ts';

/** Works on the database that all windows share, as another window would. */
export function inStore<Result>(stage: Stage, work: (database: DatabaseSync) => Result): Result {
  const folder = join(stage.server.dataFolder, 'data', 'User', 'globalStorage', 'key-quota.key-quota');
  const database = new DatabaseSync(join(folder, 'key-quota.db'), { timeout: 5000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Lets the time come at which a key is to be asked about again; returns that time, in ISO 8601. */
export function makeDue(stage: Stage, keyId: string): string {
  const now = Date.now();
  inStore(stage, database => {
    // All calls so far were long ago, so that none keeps the next one waiting.
    database.exec('UPDATE requests SET sent_at = sent_at - 3600000');
    database.prepare('UPDATE states SET due_at = ? WHERE key_id = ?').run(now, keyId);
  });
  return new Date(now).toISOString();
}

/** As if the background had just read the log of a key: it does not read it again within a test. */
export function logIsRead(stage: Stage, keyId: string): void {
  inStore(stage, database =>
    database
      .prepare(
        `INSERT INTO log_tries (key_id, at, failures) VALUES (?, ?, 0)
        ON CONFLICT (key_id) DO UPDATE SET at = excluded.at, failures = 0`,
      )
      .run(keyId, Date.now()),
  );
}

/** Makes the last good figure of a key this old, and puts off the next check. */
export function makeOld(stage: Stage, keyId: string, ageMs: number): void {
  const takenAt = new Date(Date.now() - ageMs).toISOString();
  inStore(stage, database =>
    database
      .prepare(`UPDATE states SET reading = json_set(reading, '$.takenAt', ?), due_at = ? WHERE key_id = ?`)
      .run(takenAt, Date.now() + ageMs, keyId),
  );
}

/** Remembers the record of a key; what is returned puts it back after it was removed. */
export function keepRow(stage: Stage, keyId: string): () => void {
  const row = inStore(stage, database => database.prepare('SELECT * FROM keys WHERE id = ?').get(keyId));
  if (!row) throw new Error(`there is no record ${keyId}`);
  const names = Object.keys(row);
  const holes = names.map(() => '?').join(', ');
  return () =>
    inStore(stage, database => {
      const insert = database.prepare(`INSERT INTO keys (${names.join(', ')}) VALUES (${holes})`);
      insert.run(...Object.values(row));
    });
}
