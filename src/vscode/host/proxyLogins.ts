import type { Disposable, SecretStorage } from 'vscode';
import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import { failed } from '../../core/quota/failure.ts';
import type { ProxyLogin } from '../../http/proxy.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { DEADLINE_MS, PROMPT_MS, withDeadline } from '../../services/deadline.ts';

const PREFIX = 'proxy:';

/** What users sign in to their proxies with, by the proxy's address; in SecretStorage and nowhere else. */
export class ProxyLogins implements Disposable {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;
  readonly #mostMs: () => number;
  readonly #known = new Map<string, ProxyLogin | undefined>();
  /** What was asked for and has not come yet: a key ring that hangs is not asked again and again. */
  readonly #pending = new Map<string, Promise<void>>();
  readonly #subscription: Disposable;

  /** `mostMs`: how long anyone may be kept waiting, who would else blame the gateway for it. */
  constructor(storage: SecretStorage, redactor: Redactor, mostMs = () => DEADLINE_MS) {
    this.#storage = storage;
    this.#redactor = redactor;
    this.#mostMs = mostMs;
    this.#subscription = storage.onDidChange(({ key }) => this.#forget(key));
  }

  /** Undefined when there is none. Throws a `GatewayError` when the system's key ring does not give it out. */
  async read(address: string): Promise<ProxyLogin | undefined> {
    const name = PREFIX + address;
    if (!this.#known.has(name)) {
      try {
        await withDeadline('secretStorage', this.#asked(name), Math.min(PROMPT_MS, this.#mostMs()));
      } catch {
        throw failed('transient', 'proxy-login-unread');
      }
    }
    const login = this.#known.get(name);
    if (login) this.#redactor.protect(login.password);
    return login;
  }

  /** One that comes late is there for the next request. */
  #asked(name: string): Promise<void> {
    const before = this.#pending.get(name);
    if (before) return before;
    const pending = Promise.resolve(this.#storage.get(name))
      .then(text => {
        if (this.#pending.get(name) === pending) this.#known.set(name, parseOwnJson(text, isLogin));
      })
      .finally(() => {
        if (this.#pending.get(name) === pending) this.#pending.delete(name);
      });
    this.#pending.set(name, pending);
    return pending;
  }

  #forget(name: string): void {
    this.#known.delete(name);
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
