import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Share } from '../core/quota/share.ts';
import { timeFrom } from './storedShape.ts';

/** How much of each limiter is ours, by base URL, as refusals have shown. */
export class ShareTable {
  readonly #get: StatementSync;
  readonly #put: StatementSync;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare(
      'SELECT share, changed_at, refused_at, refused_share FROM shares WHERE origin = ? AND limiter = ?',
    );
    this.#put = database.prepare(
      `INSERT INTO shares (origin, limiter, share, changed_at, refused_at, refused_share) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (origin, limiter) DO UPDATE SET share = excluded.share, changed_at = excluded.changed_at,
         refused_at = excluded.refused_at, refused_share = excluded.refused_share`,
    );
  }

  /** Undefined where nothing was learnt, or nothing that can be read. */
  shareOf(baseUrl: string, limiter: string): Share | undefined {
    const row = this.#get.get(baseUrl, limiter);
    const share = partFrom(row?.share);
    const changedAt = timeFrom(row?.changed_at);
    if (share === undefined || changedAt === undefined) return undefined;
    const at = timeFrom(row?.refused_at);
    const taken = partFrom(row?.refused_share);
    return at === undefined || taken === undefined
      ? { share, changedAt }
      : { share, changedAt, refusal: { at, taken } };
  }

  /** Called inside a transaction. */
  saveShare(baseUrl: string, limiter: string, { share, changedAt, refusal }: Share): void {
    this.#put.run(baseUrl, limiter, share, changedAt, refusal?.at ?? null, refusal?.taken ?? null);
  }
}

/** At most 1: a damaged row must not lift a limit. */
function partFrom(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value <= 1 ? value : undefined;
}
