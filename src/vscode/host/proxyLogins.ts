import type { Disposable, SecretStorage } from 'vscode';
import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import { failed } from '../../core/quota/failure.ts';
import type { ProxyLogin } from '../../http/parseProxy.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { DEADLINE_MS, PROMPT_MS, withDeadline } from '../../services/deadline.ts';

const PREFIX = 'proxy:';

/** Logins at proxies, by the proxy's address; in SecretStorage alone. */
export class ProxyLogins implements Disposable {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;
  readonly #deadlineMs: () => number;
  readonly #cache = new Map<string, ProxyLogin | undefined>();
  /** Running reads: a key ring that hangs is not asked again. */
  readonly #pending = new Map<string, Promise<void>>();
  readonly #subscription: Disposable;

  /** `deadlineMs`: how long a request may wait for the login; less than its timeout, or the gateway would be blamed. */
  constructor(storage: SecretStorage, redactor: Redactor, deadlineMs = () => DEADLINE_MS) {
    this.#storage = storage;
    this.#redactor = redactor;
    this.#deadlineMs = deadlineMs;
    this.#subscription = storage.onDidChange(({ key }) => this.#forget(key));
  }

  /** Undefined when there is none. @throws GatewayError `proxy-login-unread` when SecretStorage does not answer. */
  async read(address: string): Promise<ProxyLogin | undefined> {
    const name = PREFIX + address;
    if (!this.#cache.has(name)) {
      try {
        await withDeadline('secretStorage', this.#readOnce(name), Math.min(PROMPT_MS, this.#deadlineMs()));
      } catch {
        throw failed('transient', 'proxy-login-unread');
      }
    }
    const login = this.#cache.get(name);
    if (login) this.#redactor.protect(login.password);
    return login;
  }

  /** A late result is cached for the next request. */
  #readOnce(name: string): Promise<void> {
    const before = this.#pending.get(name);
    if (before) return before;
    const pending = Promise.resolve(this.#storage.get(name))
      .then(text => {
        if (this.#pending.get(name) === pending) this.#cache.set(name, parseOwnJson(text, isLogin));
      })
      .finally(() => {
        if (this.#pending.get(name) === pending) this.#pending.delete(name);
      });
    this.#pending.set(name, pending);
    return pending;
  }

  #forget(name: string): void {
    this.#cache.delete(name);
    this.#pending.delete(name);
  }

  async write(address: string, login: ProxyLogin): Promise<void> {
    this.#redactor.protect(login.password);
    await withDeadline('secretStorage', this.#storage.store(PREFIX + address, JSON.stringify(login)));
    this.#forget(PREFIX + address);
  }

  async remove(address: string): Promise<void> {
    await withDeadline('secretStorage', this.#storage.delete(PREFIX + address));
    this.#forget(PREFIX + address);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function isLogin(login: unknown): login is ProxyLogin {
  return isMembers(login) && typeof login.user === 'string' && typeof login.password === 'string';
}
