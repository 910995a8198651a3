import { setImmediate as turn } from 'node:timers/promises';
import type { SecretLookup, Secrets } from '../../core/ports/secrets.ts';
import { settleWithin } from '../deadline.ts';

/** So many are looked for before others get a turn. */
const AT_ONCE = 25;
/** What is here is here at once. Nobody else waits longer for a key ring that hangs. */
const GRACE_MS = 300;

/** What came of looking for the secrets of all keys. */
export class SecretLookups {
  readonly #secrets: Secrets;
  readonly #late: () => void;
  #lookups: ReadonlyMap<string, SecretLookup> = new Map();

  /** `late` is called when something was found that nobody waited for any more. */
  constructor(secrets: Secrets, late: () => void) {
    this.#secrets = secrets;
    this.#late = late;
  }

  /** Undefined until it was looked for. */
  resultFor(keyId: string): SecretLookup | undefined {
    return this.#lookups.get(keyId);
  }

  /** Looks for the secrets of these keys, and forgets all others. Those that take long are found later. */
  async readAll(keyIds: readonly string[]): Promise<void> {
    const wanted = new Set(keyIds);
    this.#lookups = new Map([...this.#lookups].filter(([keyId]) => wanted.has(keyId)));
    const found = new Map<string, SecretLookup>();
    const looking: Promise<unknown>[] = [];
    let isLate = false;
    for (let start = 0; start < keyIds.length; start += AT_ONCE) {
      if (keyIds.length > AT_ONCE) await turn();
      for (const keyId of keyIds.slice(start, start + AT_ONCE)) {
        const lookup = this.#secrets.read(keyId).then(each => {
          if (isLate) this.#takeInLate(keyId, each);
          else found.set(keyId, each);
        });
        looking.push(lookup);
      }
    }
    await settleWithin(() => Promise.all(looking), GRACE_MS);
    isLate = true;
    this.#lookups = new Map([...this.#lookups, ...found]);
  }

  async read(keyId: string): Promise<void> {
    this.#set(keyId, await this.#secrets.read(keyId));
  }

  #takeInLate(keyId: string, lookup: SecretLookup): void {
    this.#set(keyId, lookup);
    this.#late();
  }

  #set(keyId: string, lookup: SecretLookup): void {
    this.#lookups = new Map([...this.#lookups, [keyId, lookup]]);
  }
}
