import type { Disposable, SecretStorage } from 'vscode';
import type { BoundSecret } from '../http/boundClient.ts';
import type { Redactor } from '../http/redact.ts';

/** What SecretStorage holds for a key: enough to bind the secret, and to rebuild a lost record. */
export interface StoredSecret extends BoundSecret {
  readonly kind: string;
  readonly label: string;
}

/** `missing`: nothing is stored. `unreadable`: the system's key ring refused. */
export type SecretLookup = StoredSecret | 'missing' | 'unreadable';

const PREFIX = 'key:';

/**
 * The secrets, one SecretStorage entry per key id. Entries are kept in memory after the first read: polls
 * must not knock at the system's key ring. Every secret that passes here becomes unspeakable in texts.
 */
export class Secrets {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;
  readonly #known = new Map<string, string | undefined>();

  constructor(storage: SecretStorage, redactor: Redactor) {
    this.#storage = storage;
    this.#redactor = redactor;
  }

  async read(id: string): Promise<SecretLookup> {
    try {
      if (!this.#known.has(id)) this.#known.set(id, await this.#storage.get(PREFIX + id));
    } catch {
      return 'unreadable';
    }
    const entry = parseEntry(this.#known.get(id));
    if (entry) this.#redactor.protect(entry.secret);
    return entry ?? 'missing';
  }

  async write(id: string, entry: StoredSecret): Promise<void> {
    this.#redactor.protect(entry.secret);
    const text = JSON.stringify(entry);
    await this.#storage.store(PREFIX + id, text);
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
