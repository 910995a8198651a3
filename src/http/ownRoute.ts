/**
 * Requests past VS Code's own network: by a proxy of one's own, directly, or with certificates of one's own.
 * Only ever imported dynamically: undici is by far the largest thing we ship, and few need it.
 */
// biome-ignore assist/source/organizeImports: the guard must be loaded before undici.
import { undiciIsLoaded } from './undiciGuard.ts';
import type { SecureContext } from 'node:tls';
import type { Dispatcher } from 'undici';
import connect from 'undici/lib/api/api-connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import Socks5ProxyAgent from 'undici/lib/dispatcher/socks5-proxy-agent.js';
import { fetch as undiciFetch } from 'undici/lib/web/fetch/index.js';
import { BY_PROXY } from './networkError.ts';
import type { ProxyLogin } from './proxy.ts';
import type { Send } from './send.ts';
import { trustIn, usualTrust } from './trustedRoots.ts';

undiciIsLoaded();

export interface OwnRouteOptions {
  readonly way: 'direct' | 'http' | 'socks5';
  /** The proxy's. */
  readonly address?: string;
  readonly login?: ProxyLogin;
  /** Certificates trusted for the gateway in place of the usual ones, in PEM; none for the usual ones. */
  readonly ca: readonly string[];
}

/** A way to gateways that has connections of its own. */
export interface OwnRoute {
  readonly send: Send;
  /** Closes its connections as soon as nobody waits for an answer any more. */
  retire(): Promise<void>;
  /** Closes its connections now. */
  close(): Promise<void>;
}

/** No caller waits longer; a connection that is given up on must not linger. */
const CONNECT_LIMIT_MS = 30_000;

/** Nothing is followed, remembered or sent along of itself. */
const PLAINLY = { redirect: 'manual', credentials: 'omit', cache: 'no-store' } as const;

/** Opens a way to gateways. Nothing is connected before the first request. */
export function openRoute(options: OwnRouteOptions): OwnRoute {
  const dispatcher = dispatcherFor(options);
  const send: Send = async (url, outgoing) => {
    try {
      return await undiciFetch(url, { ...outgoing, ...PLAINLY, dispatcher });
    } catch (error) {
      if (options.way === 'direct' || (error as Error).name === 'AbortError') throw error;
      throw Object.assign(new Error('by proxy', { cause: error }), { code: BY_PROXY });
    }
  };
  return {
    send,
    retire: () => dispatcher.close(),
    close: () => dispatcher.destroy(),
  };
}

function dispatcherFor({ way, address = '', login, ca }: OwnRouteOptions): Dispatcher {
  const requestTls = { secureContext: ca.length > 0 ? trustIn(ca) : usualTrust(), allowH2: false };
  switch (way) {
    case 'direct':
      return new Agent({ connect: { ...requestTls, timeout: CONNECT_LIMIT_MS } });
    case 'http':
      return new ProxyAgent({
        uri: address,
        token: login && basic(login),
        requestTls,
        ...(address.startsWith('https:') && {
          proxyTls: { secureContext: trustForProxy(ca), allowH2: false },
        }),
        connectTimeout: CONNECT_LIMIT_MS,
        // It is undici's index that gives dispatchers this method.
        clientFactory: (origin: URL, pool: object) => Object.assign(new Pool(origin, pool), { connect }),
      } as ConstructorParameters<typeof ProxyAgent>[0]);
    case 'socks5':
      return new Socks5ProxyAgent(address, {
        username: login?.user,
        password: login?.password,
        requestTls,
        connectTimeout: CONNECT_LIMIT_MS,
      } as ConstructorParameters<typeof Socks5ProxyAgent>[1]);
  }
}

/** A house that signs its gateway's certificate signs its proxy's too. */
function trustForProxy(ca: readonly string[]): SecureContext {
  return ca.length > 0 ? trustIn(ca, true) : usualTrust();
}

function basic({ user, password }: ProxyLogin): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
