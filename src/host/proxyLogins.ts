import type { Disposable, SecretStorage } from 'vscode';
import type { ProxyLogin } from '../http/proxy.ts';
import type { Redactor } from '../http/redact.ts';
import { answered } from './deadline.ts';

const PREFIX = 'proxy:';

/** What users sign in to their proxies with, by the proxy's address; in SecretStorage and nowhere else. */
export class ProxyLogins implements Disposable {
  readonly #storage: SecretStorage;
  readonly #redactor: Redactor;
  readonly #known = new Map<string, ProxyLogin | undefined>();
  readonly #subscription: Disposable;

  constructor(storage: SecretStorage, redactor: Redactor) {
    this.#storage = storage;
    this.#redactor = redactor;
    this.#subscription = storage.onDidChange(({ key }) => this.#known.delete(key));
  }

  /** Undefined when there is none, or the system's key ring does not give it out: the proxy then says so. */
  async read(address: string): Promise<ProxyLogin | undefined> {
    const name = PREFIX + address;
    if (!this.#known.has(name)) {
      try {
        this.#known.set(name, parseLogin(await answered('secretStorage', this.#storage.get(name))));
      } catch {
        return undefined;
      }
    }
    const login = this.#known.get(name);
    if (login) this.#redactor.protect(login.password);
    return login;
  }

  async write(address: string, login: ProxyLogin): Promise<void> {
    this.#redactor.protect(login.password);
    await answered('secretStorage', this.#storage.store(PREFIX + address, JSON.stringify(login)));
    this.#known.delete(PREFIX + address);
  }

  async remove(address: string): Promise<void> {
    await answered('secretStorage', this.#storage.delete(PREFIX + address));
    this.#known.delete(PREFIX + address);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function parseLogin(text: string | undefined): ProxyLogin | undefined {
  try {
    const login: unknown = text === undefined ? undefined : JSON.parse(text);
    return isLogin(login) ? login : undefined;
  } catch {
    return undefined;
  }
}

function isLogin(login: unknown): login is ProxyLogin {
  if (typeof login !== 'object' || login === null) return false;
  return (
    'user' in login &&
    'password' in login &&
    [login.user, login.password].every(text => typeof text === 'string')
  );
}
