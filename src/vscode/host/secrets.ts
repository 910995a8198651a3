import type { Disposable, SecretStorage } from 'vscode';
import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import type { SecretLookup, Secrets, StoredSecret } from '../../core/ports/secrets.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { DEADLINE_MS, NoAnswerError, withDeadline } from '../../services/deadline.ts';

export interface SecretsOptions {
  /** Whether all windows see the same SecretStorage; in a browser each has a copy of its own. */
  readonly shared: boolean;
  /** How long SecretStorage may take to answer. */
  readonly answerMs?: number;
}

/** What is waited for, and whether it was for as long as one waits. */
interface Pending {
  readonly answer: Promise<string | undefined>;
  isLate: boolean;
}

const PREFIX = 'key:';

/**
 * The secrets, one SecretStorage entry per key id. Entries are kept in memory after the first read: polls
 * must not knock at the system's key ring. Every secret that passes here becomes unspeakable in texts.
 */
export class StoredSecrets implements Secrets {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;
  readonly #shared: boolean;
  readonly #answerMs: number;
  readonly #known = new Map<string, string | undefined>();
  /** What was asked for and has not come yet, by key id: nothing is asked for twice at a time. */
  readonly #pending = new Map<string, Pending>();
  readonly #listeners = new Set<(id: string) => void>();
  /** The names that were stored when this window first looked, before reading could remove any. */
  #listed: Promise<ReadonlySet<string> | undefined> | undefined;
  /** Whether the names were waited for in vain, and have not come since. */
  #isListLate = false;
  /** Keys whose secret was stored, and was gone when it was read. */
  readonly #lost = new Set<string>();
  #hasWritten = false;

  constructor(
    storage: SecretStorage,
    redactor: Redactor,
    { shared, answerMs = DEADLINE_MS }: SecretsOptions = { shared: true },
  ) {
    this.#storage = storage;
    this.#redactor = redactor;
    this.#shared = shared;
    this.#answerMs = answerMs;
  }

  /** The secret of a key that has a record, or why there is none. */
  async read(id: string): Promise<SecretLookup> {
    try {
      const listed = await this.#namesIfTheyCome();
      if (!this.#known.has(id)) this.#known.set(id, await this.#get(id));
      return this.#lookup(id, listed);
    } catch (error) {
      return error instanceof NoAnswerError ? 'unanswered' : 'unreadable';
    }
  }

  #lookup(id: string, listed: ReadonlySet<string> | undefined): SecretLookup {
    const text = this.#known.get(id);
    const entry = parseOwnJson(text, isEntry);
    if (entry) {
      this.#redactor.protect(entry.secret, entry.origin);
      this.#lost.delete(id);
      return entry;
    }
    if (text !== undefined || listed?.has(PREFIX + id)) this.#lost.add(id);
    if (this.#lost.has(id)) return 'undecryptable';
    if (!this.#shared) return 'dropped';
    return listed?.size === 0 && !this.#hasWritten ? 'forgotten' : 'missing';
  }

  /** One that was waited for in vain is not waited for again; when it comes after all, listeners hear of it. */
  #get(id: string): Promise<string | undefined> {
    const before = this.#pending.get(id);
    if (before?.isLate) return Promise.reject(new NoAnswerError('secretStorage'));
    const pending = before ?? this.#ask(id);
    return withDeadline('secretStorage', pending.answer, this.#answerMs).catch((error: unknown) => {
      if (error instanceof NoAnswerError) pending.isLate = true;
      throw error;
    });
  }

  #ask(id: string): Pending {
    const pending: Pending = { answer: Promise.resolve(this.#storage.get(PREFIX + id)), isLate: false };
    this.#pending.set(id, pending);
    const came = (text?: { readonly text: string | undefined }) => {
      if (this.#pending.get(id) === pending) this.#pending.delete(id);
      if (!pending.isLate) return;
      if (text && !this.#known.has(id)) this.#known.set(id, text.text);
      this.#tell(id);
    };
    pending.answer.then(
      text => came({ text }),
      () => came(),
    );
    return pending;
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  /** Undefined while they do not come: what there is can be read all the same. */
  async #namesIfTheyCome(): Promise<ReadonlySet<string> | undefined> {
    const names = this.#names();
    if (this.#isListLate) return undefined;
    try {
      return await withDeadline('secretStorage', names, this.#answerMs);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      this.#isListLate = true;
      return undefined;
    }
  }

  /** VS Code removes what it cannot decrypt, so what there is has to be known before anything is read. */
  #names(): Promise<ReadonlySet<string> | undefined> {
    this.#listed ??= this.#storedNames();
    const listed = this.#listed;
    listed.then(
      () => {
        this.#isListLate = false;
      },
      () => {
        this.#isListLate = false;
        if (this.#listed === listed) this.#listed = undefined;
      },
    );
    return listed;
  }

  /** Undefined where the editor cannot list them, as relatives of VS Code cannot: each can be read all the same. */
  async #storedNames(): Promise<ReadonlySet<string> | undefined> {
    const names: readonly string[] | undefined = await this.#storage.keys?.();
    return names && new Set(names.filter(name => name.startsWith(PREFIX)));
  }

  async write(id: string, entry: StoredSecret): Promise<void> {
    this.#redactor.protect(entry.secret, entry.origin);
    const text = JSON.stringify(entry);
    const before = this.#known.get(id);
    await this.#answeredOrUndone(this.#storage.store(PREFIX + id, text), () =>
      before === undefined ? this.#storage.delete(PREFIX + id) : this.#storage.store(PREFIX + id, before),
    );
    this.#hasWritten = true;
    this.#known.set(id, text);
  }

  /** Whoever was told that it was not stored must not find it stored later. */
  async #answeredOrUndone(writing: PromiseLike<void>, undo: () => PromiseLike<void>): Promise<void> {
    try {
      await withDeadline('secretStorage', writing, this.#answerMs);
    } catch (error) {
      if (error instanceof NoAnswerError) {
        writing.then(
          () => undo().then(undefined, () => undefined),
          () => undefined,
        );
      }
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await withDeadline('secretStorage', this.#storage.delete(PREFIX + id), this.#answerMs);
    this.#known.set(id, undefined);
  }

  /** Ids of all keys that have a secret on this machine. */
  async ids(): Promise<string[]> {
    const names = await withDeadline('secretStorage', this.#storedNames(), this.#answerMs);
    return [...(names ?? [])].map(name => name.slice(PREFIX.length));
  }

  /**
   * Calls back when a secret really changed, or came after it was waited for in vain: VS Code also tells of equal
   * values and of our own writes.
   */
  onDidChange(listener: (id: string) => void): Disposable {
    this.#listeners.add(listener);
    const subscription = this.#storage.onDidChange(async ({ key }) => {
      if (!key.startsWith(PREFIX)) return;
      const id = key.slice(PREFIX.length);
      const before = this.#known.get(id);
      const wasKnown = this.#known.has(id);
      this.#known.delete(id);
      this.#pending.delete(id);
      this.#listed = undefined;
      await this.read(id);
      if (!wasKnown || this.#known.get(id) !== before) listener(id);
    });
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        subscription.dispose();
      },
    };
  }
}

function isEntry(entry: unknown): entry is StoredSecret {
  if (!isMembers(entry)) return false;
  return ['secret', 'origin', 'credential', 'kind', 'label'].every(name => typeof entry[name] === 'string');
}
