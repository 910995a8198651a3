import type { Disposable, SecretStorage } from 'vscode';
import type { BoundSecret } from '../http/boundClient.ts';
import type { Redactor } from '../http/redact.ts';

/** What SecretStorage holds for a key: enough to bind the secret, and to rebuild a lost record. */
export interface StoredSecret extends BoundSecret {
  readonly kind: string;
  readonly label: string;
}

/** Why there is no secret for a key. Each has a way out of its own. */
export type SecretTrouble =
  /** Nothing is stored, as after a key's record came from elsewhere. */
  | 'missing'
  /** The system's key ring refused: it is locked, or was closed. */
  | 'unreadable'
  /** It was stored, and could not be decrypted any more: VS Code has thrown it away. */
  | 'undecryptable'
  /** No secret at all is left although there are keys: they were kept in memory alone. */
  | 'forgotten'
  /** The window of a browser has overwritten what another one had stored. */
  | 'dropped';

export type SecretLookup = StoredSecret | SecretTrouble;

export interface SecretsOptions {
  /** Whether all windows see the same SecretStorage; in a browser each has a copy of its own. */
  readonly shared: boolean;
}

const PREFIX = 'key:';

/**
 * The secrets, one SecretStorage entry per key id. Entries are kept in memory after the first read: polls
 * must not knock at the system's key ring. Every secret that passes here becomes unspeakable in texts.
 */
export class Secrets {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;
  readonly #shared: boolean;
  readonly #known = new Map<string, string | undefined>();
  /** The names that were stored when this window first looked, before reading could remove any. */
  #listed: Promise<ReadonlySet<string>> | undefined;
  /** Keys whose secret was stored, and was gone when it was read. */
  readonly #lost = new Set<string>();
  #hasWritten = false;

  constructor(storage: SecretStorage, redactor: Redactor, { shared }: SecretsOptions = { shared: true }) {
    this.#storage = storage;
    this.#redactor = redactor;
    this.#shared = shared;
  }

  /** The secret of a key that has a record, or why there is none. */
  async read(id: string): Promise<SecretLookup> {
    let listed: ReadonlySet<string>;
    try {
      listed = await this.#names();
      if (!this.#known.has(id)) this.#known.set(id, await this.#storage.get(PREFIX + id));
    } catch {
      return 'unreadable';
    }
    const text = this.#known.get(id);
    const entry = parseEntry(text);
    if (entry) {
      this.#redactor.protect(entry.secret);
      this.#lost.delete(id);
      return entry;
    }
    if (text !== undefined || listed.has(PREFIX + id)) this.#lost.add(id);
    if (this.#lost.has(id)) return 'undecryptable';
    if (!this.#shared) return 'dropped';
    return listed.size === 0 && !this.#hasWritten ? 'forgotten' : 'missing';
  }

  /** VS Code removes what it cannot decrypt, so what there is has to be known before anything is read. */
  #names(): Promise<ReadonlySet<string>> {
    this.#listed ??= (async () => {
      const names = await this.#storage.keys();
      return new Set(names.filter(name => name.startsWith(PREFIX)));
    })();
    const listed = this.#listed;
    listed.catch(() => {
      if (this.#listed === listed) this.#listed = undefined;
    });
    return listed;
  }

  async write(id: string, entry: StoredSecret): Promise<void> {
    this.#redactor.protect(entry.secret);
    const text = JSON.stringify(entry);
    await this.#storage.store(PREFIX + id, text);
    this.#hasWritten = true;
    this.#known.set(id, text);
  }

  async remove(id: string): Promise<void> {
    await this.#storage.delete(PREFIX + id);
    this.#known.set(id, undefined);
  }

  /** Ids of all keys that have a secret on this machine. */
  async ids(): Promise<string[]> {
    const names = await this.#storage.keys();
    return names.filter(name => name.startsWith(PREFIX)).map(name => name.slice(PREFIX.length));
  }

  /** Calls back when a secret really changed: VS Code also tells of equal values and of our own writes. */
  onDidChange(listener: (id: string) => void): Disposable {
    return this.#storage.onDidChange(async ({ key }) => {
      if (!key.startsWith(PREFIX)) return;
      const id = key.slice(PREFIX.length);
      const before = this.#known.get(id);
      const wasKnown = this.#known.has(id);
      this.#known.delete(id);
      this.#listed = undefined;
      await this.read(id);
      if (!wasKnown || this.#known.get(id) !== before) listener(id);
    });
  }
}

function parseEntry(text: string | undefined): StoredSecret | undefined {
  if (text === undefined) return undefined;
  try {
    const entry: unknown = JSON.parse(text);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(entry: unknown): entry is StoredSecret {
  if (typeof entry !== 'object' || entry === null) return false;
  const members = entry as Record<string, unknown>;
  return ['secret', 'origin', 'credential', 'kind', 'label'].every(name => typeof members[name] === 'string');
}
