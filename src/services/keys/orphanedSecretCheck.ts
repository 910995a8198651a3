import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { OrphanedSecret, OrphanedSecretService } from './orphanedSecretService.ts';

export interface OrphanedSecretCheckParts {
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly service: Pick<OrphanedSecretService, 'findOrphans' | 'restoreRecords'>;
  /** Asks a person what to do with them; nothing is deleted without a yes. */
  readonly offer: (orphans: readonly OrphanedSecret[]) => Promise<void>;
}

/** Another window may be saving the key of a secret, or removing it. */
const SAVE_GRACE_MS = MINUTE_MS;
/** When to try again after SecretStorage did not answer. */
const RETRY_MS = 30 * SECOND_MS;

/**
 * Finds secrets without a key: a window may have ended while it saved one, or the database was lost. Runs once at each
 * start; tries again until SecretStorage answers.
 */
export class OrphanedSecretCheck {
  readonly #parts: OrphanedSecretCheckParts;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: OrphanedSecretCheckParts) {
    this.#parts = parts;
  }

  /** Makes keys of all of them, because the database was lost. */
  adoptAll(): void {
    this.#cancelTimer();
    this.#try(() => this.#parts.service.restoreRecords());
  }

  /** Offers those that have no key now, and still have none a minute later. */
  offerLater(): void {
    this.#try(async () => {
      const before = await this.#parts.service.findOrphans();
      if (before.length === 0) return;
      const ids = new Set(before.map(({ id }) => id));
      this.#schedule(SAVE_GRACE_MS, async () => {
        const still = (await this.#parts.service.findOrphans()).filter(({ id }) => ids.has(id));
        if (still.length > 0) await this.#parts.offer(still);
      });
    });
  }

  dispose(): void {
    this.#cancelTimer();
  }

  #schedule(ms: number, work: () => Promise<void>): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.clock.after(ms, () => this.#try(work));
  }

  #try(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#parts.log.warn(`Secrets without a key could not be looked for: ${String(error)}`);
      this.#schedule(RETRY_MS, work);
    });
  }
}
