import { setImmediate as turn } from 'node:timers/promises';
import type { SecretLookup, Secrets } from '../host/secrets.ts';

/** So many are looked for before others get a turn. */
const AT_ONCE = 25;

/** What came of looking for the secrets of all keys. */
export class SecretLookups {
  readonly #secrets: Secrets;
  #lookups: ReadonlyMap<string, SecretLookup> = new Map();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Undefined until it was looked for. */
  of(keyId: string): SecretLookup | undefined {
    return this.#lookups.get(keyId);
  }

  /** Looks for the secrets of these keys, and forgets all others. */
  async lookForAll(keyIds: readonly string[]): Promise<void> {
    const found = new Map<string, SecretLookup>();
    for (let start = 0; start < keyIds.length; start += AT_ONCE) {
      if (keyIds.length > AT_ONCE) await turn();
      const some = keyIds.slice(start, start + AT_ONCE);
      const lookups = await Promise.all(some.map(id => this.#secrets.read(id)));
      lookups.forEach((lookup, index) => {
        found.set(some[index] ?? '', lookup);
      });
    }
    this.#lookups = found;
  }

  async lookFor(keyId: string): Promise<void> {
    const lookup = await this.#secrets.read(keyId);
    this.#lookups = new Map([...this.#lookups, [keyId, lookup]]);
  }
}
