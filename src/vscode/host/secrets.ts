import type { Disposable, SecretStorage } from 'vscode';
import type { SecretLookup, Secrets, StoredSecret } from '../../core/ports/secrets.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { DEADLINE_MS, NoAnswerError, PROMPT_MS, withDeadline } from '../../services/deadline.ts';
import { fromStoredSecret, keyIdOf, secretNames, toStoredSecret } from './storedSecret.ts';

export interface SecretsOptions {
  /** Whether all windows see the same SecretStorage; in a browser each has a copy of its own. */
  readonly shared: boolean;
  /** How long SecretStorage may take to answer. */
  readonly deadlineMs?: number;
}

/** A running read, and whether its deadline has passed. */
interface Pending {
  readonly answer: Promise<string | undefined>;
  isTimedOut: boolean;
}

/**
 * Secrets in SecretStorage, one entry per key id. Entries are cached in memory, so that polls do not read the system's
 * key ring. Every secret is registered with the redactor.
 */
export class StoredSecrets implements Secrets {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;
  readonly #shared: boolean;
  readonly #deadlineMs: number;
  readonly #cache = new Map<string, string | undefined>();
  /** Running reads by key id, one at a time for each. */
  readonly #pending = new Map<string, Pending>();
  readonly #listeners = new Set<(id: string) => void>();
  /** The names that were stored when this window first looked, before reading could remove any. */
  #storedIdNames: Promise<ReadonlySet<string> | undefined> | undefined;
  /** Whether listing the names has timed out, and not ended since. */
  #isListTimedOut = false;
  /** Keys whose entry was listed but could not be read: VS Code could not decrypt it. */
  readonly #undecryptable = new Set<string>();
  /** Keys whose entry could once not be read. */
  readonly #unread = new Set<string>();
  #hasWritten = false;

  constructor(
    storage: SecretStorage,
    redactor: Redactor,
    { shared, deadlineMs: answerMs = DEADLINE_MS }: SecretsOptions = { shared: true },
  ) {
    this.#storage = storage;
    this.#redactor = redactor;
    this.#shared = shared;
    this.#deadlineMs = answerMs;
  }

  /** The secret of a key that has a record, or why there is none. */
  async read(id: string): Promise<SecretLookup> {
    try {
      const listed = await this.#namesWithinDeadline();
      if (!this.#cache.has(id)) this.#cache.set(id, await this.#readOnce(id, listed));
      return this.#lookup(id, listed);
    } catch (error) {
      this.#unread.add(id);
      return error instanceof NoAnswerError ? 'unanswered' : 'unreadable';
    }
  }

  #lookup(id: string, listed: ReadonlySet<string> | undefined): SecretLookup {
    const text = this.#cache.get(id);
    const entry = fromStoredSecret(text);
    if (entry) {
      this.#redactor.protect(entry.secret, entry.baseUrl);
      this.#undecryptable.delete(id);
      return entry;
    }
    if (text !== undefined || secretNames(id).some(name => listed?.has(name))) this.#undecryptable.add(id);
    if (this.#undecryptable.has(id)) return 'undecryptable';
    if (!this.#shared) return 'dropped';
    return listed?.size === 0 && !this.#hasWritten ? 'forgotten' : 'missing';
  }

  /** A read that has timed out is not awaited again; when it ends after all, listeners are called. */
  #readOnce(id: string, listed: ReadonlySet<string> | undefined): Promise<string | undefined> {
    const before = this.#pending.get(id);
    if (before?.isTimedOut) return Promise.reject(new NoAnswerError('secretStorage'));
    const pending = before ?? this.#startRead(id, listed);
    // Storage that did not list its names in time gets a shorter deadline.
    const ms = this.#isListTimedOut ? Math.min(PROMPT_MS, this.#deadlineMs) : this.#deadlineMs;
    return withDeadline('secretStorage', pending.answer, ms).catch((error: unknown) => {
      if (error instanceof NoAnswerError) pending.isTimedOut = true;
      throw error;
    });
  }

  #startRead(id: string, listed: ReadonlySet<string> | undefined): Pending {
    const pending: Pending = { answer: this.#readText(id, listed), isTimedOut: false };
    this.#pending.set(id, pending);
    const settle = (text?: { readonly text: string | undefined }) => {
      if (this.#pending.get(id) === pending) this.#pending.delete(id);
      if (!pending.isTimedOut) return;
      if (text && !this.#cache.has(id)) this.#cache.set(id, text.text);
      this.#notify(id);
    };
    pending.answer.then(
      text => settle({ text }),
      () => settle(),
    );
    return pending;
  }

  /** The entry below a path is read where it is listed, or where there is no other. */
  async #readText(id: string, listed: ReadonlySet<string> | undefined): Promise<string | undefined> {
    const [atRoot, belowPath] = secretNames(id);
    if (listed?.has(belowPath)) return this.#storage.get(belowPath);
    const text = await this.#storage.get(atRoot);
    return text === undefined && !listed?.has(atRoot) ? this.#storage.get(belowPath) : text;
  }

  #notify(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  /** Undefined after a timeout; entries can be read without the names. */
  async #namesWithinDeadline(): Promise<ReadonlySet<string> | undefined> {
    const names = this.#names();
    if (this.#isListTimedOut) return undefined;
    try {
      return await withDeadline('secretStorage', names, this.#deadlineMs);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      this.#isListTimedOut = true;
      return undefined;
    }
  }

  /** Listed before the first read, since VS Code removes entries that it cannot decrypt. */
  #names(): Promise<ReadonlySet<string> | undefined> {
    this.#storedIdNames ??= this.#storedNames();
    const listed = this.#storedIdNames;
    listed.then(
      () => {
        this.#isListTimedOut = false;
      },
      () => {
        this.#isListTimedOut = false;
        if (this.#storedIdNames === listed) this.#storedIdNames = undefined;
      },
    );
    return listed;
  }

  /** Undefined in editors without `SecretStorage.keys`, such as some forks of VS Code. */
  async #storedNames(): Promise<ReadonlySet<string> | undefined> {
    const names: readonly string[] | undefined = await this.#storage.keys?.();
    return names && new Set(names.filter(name => keyIdOf(name) !== undefined));
  }

  async write(id: string, entry: StoredSecret): Promise<void> {
    this.#redactor.protect(entry.secret, entry.baseUrl);
    const { name, text } = toStoredSecret(id, entry);
    const before = this.#cache.get(id);
    const isBeforeUnknown = !this.#cache.has(id) && this.#unread.has(id);
    await this.#withinDeadlineOrUndone(this.#storage.store(name, text), async () => {
      // The former secret is not known, so undoing would leave the key without any.
      if (isBeforeUnknown) return;
      if (before === undefined) await this.#storage.delete(name);
      else await this.#storage.store(name, before);
    });
    this.#hasWritten = true;
    this.#cache.set(id, text);
  }

  /** A change that was reported as failed, because of the deadline, is undone when it ends after all. */
  async #withinDeadlineOrUndone(writing: PromiseLike<unknown>, undo: () => PromiseLike<void>): Promise<void> {
    try {
      await withDeadline('secretStorage', writing, this.#deadlineMs);
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
    const before = this.#cache.get(id);
    const known = fromStoredSecret(before);
    const names = known ? [toStoredSecret(id, known).name] : secretNames(id);
    const deletions = Promise.all(names.map(name => this.#storage.delete(name)));
    await this.#withinDeadlineOrUndone(deletions, async () => {
      if (before !== undefined && names[0] !== undefined) await this.#storage.store(names[0], before);
    });
    this.#cache.set(id, undefined);
  }

  /** Ids of all keys that have a secret on this machine. */
  async ids(): Promise<string[]> {
    const names = await withDeadline('secretStorage', this.#storedNames(), this.#deadlineMs);
    return [...new Set([...(names ?? [])].flatMap(name => keyIdOf(name) ?? []))];
  }

  /**
   * Calls back when a secret has changed, or a read ended after its deadline. VS Code's own event also comes for equal
   * values and for our own writes.
   */
  onDidChange(listener: (id: string) => void): Disposable {
    this.#listeners.add(listener);
    const subscription = this.#storage.onDidChange(async ({ key }) => {
      const id = keyIdOf(key);
      if (id === undefined) return;
      const before = this.#cache.get(id);
      const wasCached = this.#cache.has(id);
      this.#cache.delete(id);
      this.#pending.delete(id);
      this.#storedIdNames = undefined;
      await this.read(id);
      if (!wasCached || this.#cache.get(id) !== before) listener(id);
    });
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        subscription.dispose();
      },
    };
  }
}
