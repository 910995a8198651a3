import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What gateways say about themselves, as text that this table does not parse, and when they were asked. */
export class SiteTable {
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare('SELECT site, asked_at FROM sites WHERE origin = ?');
    this.#put = database.prepare(
      `INSERT INTO sites (origin, site, asked_at) VALUES (?, ?, ?)
       ON CONFLICT (origin) DO UPDATE SET site = coalesce(excluded.site, site), asked_at = excluded.asked_at`,
    );
    this.#forget = database.prepare('UPDATE sites SET asked_at = 0 WHERE origin = ?');
  }

  siteOf(baseUrl: string): { readonly site?: string; readonly askedAt: number } | undefined {
    const row = this.#get.get(baseUrl);
    if (!row) return undefined;
    return { site: row.site === null ? undefined : String(row.site), askedAt: Number(row.asked_at) };
  }

  /** Saves the time; undefined keeps the last answer. */
  saveSite(baseUrl: string, site: string | undefined, askedAt: number): void {
    this.#put.run(baseUrl, site ?? null, askedAt);
  }

  /** Makes the next check read it again. */
  expireSite(baseUrl: string): void {
    this.#forget.run(baseUrl);
  }
}
