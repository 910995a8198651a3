import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Failure } from '../../core/quota/failure.ts';
import { serverIdOf } from '../../core/team/servedKey.ts';
import { correctBaseUrls } from './correctBaseUrls.ts';
import type { ErrorLog } from './errorLog.ts';
import type { MonitorParts } from './monitorParts.ts';
import { obstaclesOf } from './obstacles.ts';
import { SecretLookups } from './secretLookups.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** What reading the keys' secrets brought, and what follows from it for their records and for what can be asked. */
export class KeySecrets {
  readonly #parts: MonitorParts;
  readonly #snapshotStore: SnapshotStore;
  readonly #errorLog: ErrorLog;
  readonly #lookups: SecretLookups;
  readonly #onRead: () => void;
  /** Keys that a person wanted to be checked from this window. */
  readonly #wantedHere = new Set<string>();

  /** `onRead` is called when a secret was read after a change, or late. */
  constructor(parts: MonitorParts, snapshotStore: SnapshotStore, errorLog: ErrorLog, onRead: () => void) {
    this.#parts = parts;
    this.#snapshotStore = snapshotStore;
    this.#errorLog = errorLog;
    this.#onRead = onRead;
    this.#lookups = new SecretLookups(parts.secrets, onRead);
  }

  /** Undefined until it was read. */
  resultFor(keyId: string): SecretLookup | undefined {
    return this.#lookups.resultFor(keyId);
  }

  /** Reads the secrets of all keys again. */
  async readAll(): Promise<void> {
    // Served keys have no secret here.
    const own = this.#snapshotStore.entries.filter(({ key }) => serverIdOf(key.id) === undefined);
    await this.#lookups.readAll(own.map(({ key }) => key.id));
    this.correctBaseUrls();
  }

  /** Reads the secrets of all keys again for some that a person wants to be checked, and waits for theirs. */
  async readFor(keyIds: readonly string[]): Promise<void> {
    for (const keyId of keyIds) this.#wantedHere.add(keyId);
    await this.readAll();
    await this.#lookups.waitFor(keyIds.filter(keyId => serverIdOf(keyId) === undefined));
  }

  /** Reads one secret again, which has changed. */
  async readChanged(keyId: string): Promise<void> {
    await this.#lookups.read(keyId);
    this.#onRead();
  }

  /** Corrects records that name another base URL than their secrets belong to. */
  correctBaseUrls(): void {
    this.#errorLog.runAndLog(() => {
      const { entries } = this.#snapshotStore;
      const hasCorrected = correctBaseUrls(this.#parts, entries, keyId => this.resultFor(keyId));
      if (hasCorrected) this.#snapshotStore.reload(this.#parts.clock.now());
    });
  }

  /** Why this window cannot check a key, by key id. */
  obstaclesAt(now: number): ReadonlyMap<string, Failure> {
    const { entries } = this.#snapshotStore;
    const lookups = { lookup: (keyId: string) => this.resultFor(keyId), wantedHere: this.#wantedHere };
    return obstaclesOf(entries, lookups, this.#parts, now);
  }
}
