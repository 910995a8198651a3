import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { KeyService, OrphanedSecret } from './keyService.ts';

export interface OrphanedSecretsParts {
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly keyService: Pick<KeyService, 'orphanedSecrets' | 'adopt'>;
  /** Asks a person what is to become of them; nothing is deleted without a yes. */
  readonly offer: (orphans: readonly OrphanedSecret[]) => Promise<void>;
}

/** Another window may be about to save the key of a secret, or to delete it. */
const SAVING_MS = MINUTE_MS;
/** A key ring that does not answer now may do so later. */
const AGAIN_MS = 30 * SECOND_MS;

/**
 * Looks for secrets that no key belongs to: a window that died while it saved has left them, or the database was
 * lost. Once for each start, and until SecretStorage has answered.
 */
export class OrphanedSecrets {
  readonly #parts: OrphanedSecretsParts;
  #callOff: () => void = () => undefined;

  constructor(parts: OrphanedSecretsParts) {
    this.#parts = parts;
  }

  /** Makes keys of all of them, because the records were lost. */
  rebuild(): void {
    this.#callOff();
    this.#try(async () => {
      const { keyService } = this.#parts;
      await keyService.adopt(await keyService.orphanedSecrets());
    });
  }

  /** Offers those that have no key now, and have none a while later. */
  look(): void {
    this.#try(async () => {
      const before = await this.#parts.keyService.orphanedSecrets();
      if (before.length === 0) return;
      const ids = new Set(before.map(({ id }) => id));
      this.#plan(SAVING_MS, async () => {
        const still = (await this.#parts.keyService.orphanedSecrets()).filter(({ id }) => ids.has(id));
        if (still.length > 0) await this.#parts.offer(still);
      });
    });
  }

  dispose(): void {
    this.#callOff();
  }

  #plan(ms: number, work: () => Promise<void>): void {
    this.#callOff();
    this.#callOff = this.#parts.clock.after(ms, () => this.#try(work));
  }

  #try(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#parts.log.warn(`Secrets without a key could not be looked for: ${String(error)}`);
      this.#plan(AGAIN_MS, work);
    });
  }
}
