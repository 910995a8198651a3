import type { SecretLookup, Secrets } from '../host/secrets.ts';

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
    const found = await Promise.all(keyIds.map(async id => [id, await this.#secrets.read(id)] as const));
    this.#lookups = new Map(found);
  }

  async lookFor(keyId: string): Promise<void> {
    const lookup = await this.#secrets.read(keyId);
    this.#lookups = new Map([...this.#lookups, [keyId, lookup]]);
  }
}
