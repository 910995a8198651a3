import { fingerprintOf } from '../../core/input/secretText.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Secrets, StoredSecret } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';

/** A secret in SecretStorage without a key record. */
export interface OrphanedSecret {
  readonly id: string;
  readonly entry: StoredSecret;
}

export interface OrphanedSecretServiceParts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly clock: Pick<Clock, 'now'>;
  /** Called after keys were added, so that all views see them. */
  readonly onChange: () => Promise<void>;
}

/** Secrets without a key: finds them, makes keys of them, deletes or ignores them. */
export class OrphanedSecretService {
  readonly #parts: OrphanedSecretServiceParts;

  constructor(parts: OrphanedSecretServiceParts) {
    this.#parts = parts;
  }

  /** All of them, ignored ones too. @throws NoAnswerError when SecretStorage does not answer. */
  async findOrphans(): Promise<readonly OrphanedSecret[]> {
    const { store, secrets } = this.#parts;
    const ids = await secrets.ids();
    const keyIds = new Set((await store.retryWhileLocked(() => store.keys.allKeys())).map(({ id }) => id));
    const orphans = ids.filter(id => !keyIds.has(id));
    const entries = await Promise.all(orphans.map(id => secrets.read(id)));
    return entries.flatMap((entry, index) =>
      typeof entry === 'object' ? [{ id: orphans[index] ?? '', entry }] : [],
    );
  }

  /** Makes keys of all of them, after the database was lost. */
  async restoreRecords(): Promise<void> {
    await this.adopt(await this.findOrphans());
  }

  /** Makes keys of these. */
  async adopt(orphans: readonly OrphanedSecret[]): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    const addAll = () => {
      for (const { id, entry } of orphans) {
        const { secret, ...visible } = entry;
        const fingerprint = fingerprintOf(entry.baseUrl, secret);
        store.keys.addKey({ ...visible, id, fingerprint, pinned: false, createdAt: clock.now() });
        if (!store.states.stateOf(id)) store.states.saveState({ keyId: id, failures: 0, dueAt: clock.now() });
      }
    };
    if (orphans.length > 0) await store.retryWhileLocked(() => store.transaction(addAll));
    await onChange();
  }

  /** Deletes these; one that got a record meanwhile stays. */
  async discard(orphans: readonly OrphanedSecret[]): Promise<void> {
    const { store, secrets } = this.#parts;
    for (const { id } of orphans) if (!store.keys.findKey(id)) await secrets.remove(id);
  }

  /** Leaves these alone: they are not offered again. */
  ignore(orphans: readonly OrphanedSecret[]): void {
    const { store, clock } = this.#parts;
    store.transaction(() => {
      for (const { id } of orphans) store.ignoredSecrets.ignoreSecret(id, clock.now());
    });
  }

  /** Those of these that were not ignored. */
  withoutIgnored(orphans: readonly OrphanedSecret[]): readonly OrphanedSecret[] {
    return orphans.filter(({ id }) => !this.#parts.store.ignoredSecrets.isIgnored(id));
  }
}
