import { setImmediate as turn } from 'node:timers/promises';
import type { SecretLookup, Secrets } from '../../core/ports/secrets.ts';
import { settleWithin } from '../deadline.ts';

/** Reads between two yields to the event loop. */
const BATCH_SIZE = 25;
/** How long everything waits for SecretStorage; a key ring that hangs answers later, or never. */
const GRACE_MS = 300;

/** The results of reading the secrets of all keys. */
export class SecretLookups {
  readonly #secrets: Secrets;
  readonly #onLateResult: () => void;
  #lookups: ReadonlyMap<string, SecretLookup> = new Map();

  /** `late` is called when something was read after `readAll` had stopped waiting. */
  constructor(secrets: Secrets, onLateResult: () => void) {
    this.#secrets = secrets;
    this.#onLateResult = onLateResult;
  }

  /** Undefined until it was read. */
  resultFor(keyId: string): SecretLookup | undefined {
    return this.#lookups.get(keyId);
  }

  /** Reads the secrets of these keys and forgets all others. Slow results are added later. */
  async readAll(keyIds: readonly string[]): Promise<void> {
    const wanted = new Set(keyIds);
    this.#lookups = new Map([...this.#lookups].filter(([keyId]) => wanted.has(keyId)));
    const found = new Map<string, SecretLookup>();
    const reads: Promise<unknown>[] = [];
    let isLate = false;
    for (let start = 0; start < keyIds.length; start += BATCH_SIZE) {
      if (keyIds.length > BATCH_SIZE) await turn();
      for (const keyId of keyIds.slice(start, start + BATCH_SIZE)) {
        const lookup = this.#secrets.read(keyId).then(each => {
          if (isLate) this.#addLateResult(keyId, each);
          else found.set(keyId, each);
        });
        reads.push(lookup);
      }
    }
    await settleWithin(() => Promise.all(reads), GRACE_MS);
    isLate = true;
    this.#lookups = new Map([...this.#lookups, ...found]);
  }

  /** Waits for the secrets of these keys that `readAll` did not wait for, until their deadline. */
  async waitFor(keyIds: readonly string[]): Promise<void> {
    const late = keyIds.filter(keyId => this.#lookups.get(keyId) === undefined);
    await Promise.all(late.map(keyId => this.read(keyId)));
  }

  async read(keyId: string): Promise<void> {
    this.#set(keyId, await this.#secrets.read(keyId));
  }

  #addLateResult(keyId: string, lookup: SecretLookup): void {
    this.#set(keyId, lookup);
    this.#onLateResult();
  }

  #set(keyId: string, lookup: SecretLookup): void {
    this.#lookups = new Map([...this.#lookups, [keyId, lookup]]);
  }
}
