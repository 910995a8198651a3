/**
 * Requests past VS Code's own network: by a proxy of one's own, directly, or with certificates of one's own.
 * Only ever imported dynamically: undici is by far the largest thing we ship, and few need it. Its index is not
 * imported at all: it would put a dispatcher of its own behind the `fetch` of every extension in this process.
 */

import type { LookupAddress } from 'node:dns';
import type { SecureContext } from 'node:tls';
import type { Dispatcher } from 'undici';
import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import Socks5ProxyAgent from 'undici/lib/dispatcher/socks5-proxy-agent.js';
import { SECOND_MS } from '../core/time.ts';
import { PROXY_ERROR_CODE, PROXY_SILENT } from './networkError.ts';
import type { ProxyLogin } from './proxy.ts';
import { type Send, toRawResponse, withAcceptEncoding } from './send.ts';
import { defaultTrustedRoots, trustedRootsFrom } from './trustedRoots.ts';

export interface CustomRouteOptions {
  /** `loopback` is direct too, and leads nowhere but to this machine, whatever a name server says of the name. */
  readonly type: 'direct' | 'loopback' | 'http' | 'socks5';
  /** The proxy's. */
  readonly address?: string;
  readonly login?: ProxyLogin;
  /** Certificates trusted for the gateway in place of the usual ones, in PEM; none for the usual ones. */
  readonly ca: readonly string[];
  /** Milliseconds in which a SOCKS proxy has to answer a greeting. */
  readonly greetingMs?: number;
}

/** A way to gateways that has connections of its own. */
export interface CustomRoute {
  readonly send: Send;
  /** Closes its connections as soon as nobody waits for an answer any more. */
  closeWhenIdle(): Promise<void>;
  /** Closes its connections now. */
  close(): Promise<void>;
}

/** No caller waits longer; a connection that is given up on must not linger. */
const CONNECT_TIMEOUT_MS = 30 * SECOND_MS;

/** Opens a way to gateways. Nothing is connected before the first request. */
export function openCustomRoute(options: CustomRouteOptions): CustomRoute {
  const dispatcher = dispatcherFor(options);
  const send: Send = async (url, { method, headers, body, signal }) => {
    const { origin, pathname, search } = url;
    const response = await request.call(dispatcher, {
      ...{ origin, path: pathname + search, method, body, signal },
      headers: withAcceptEncoding(headers),
    });
    return toRawResponse(response.statusCode, response.headers, response.body);
  };
  return {
    send,
    closeWhenIdle: () => dispatcher.close(),
    close: () => dispatcher.destroy(),
  };
}

function dispatcherFor({
  type,
  address = '',
  login,
  ca,
  greetingMs = CONNECT_TIMEOUT_MS,
}: CustomRouteOptions): Dispatcher {
  const requestTls = {
    secureContext: ca.length > 0 ? trustedRootsFrom(ca) : defaultTrustedRoots(),
    allowH2: false,
  };
  switch (type) {
    case 'direct':
      return new Agent({ connect: { ...requestTls, timeout: CONNECT_TIMEOUT_MS } });
    case 'loopback':
      return new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS, lookup: lookupLoopback } });
    case 'http':
      return new ProxyAgent({
        uri: address,
        token: login && basicAuthorization(login),
        requestTls,
        ...(address.startsWith('https:') && {
          proxyTls: { secureContext: proxySecureContext(ca), allowH2: false },
        }),
        connectTimeout: CONNECT_TIMEOUT_MS,
        clientFactory: createTunnelPool,
        factory: (origin: string | URL, options: Pool.Options) =>
          new Pool(origin, new URL(origin).origin === address ? withProxyErrors(options) : options),
      } as ConstructorParameters<typeof ProxyAgent>[0]);
    case 'socks5':
      return new SocksAgent(address, {
        username: login?.user,
        password: login?.password,
        requestTls,
        connectTimeout: CONNECT_TIMEOUT_MS,
        connect: greetedWithin(greetingMs),
      } as ConstructorParameters<typeof Socks5ProxyAgent>[1]);
  }
}

/** What `localhost` and all names below it mean. Most systems' name servers know nothing of those below it. */
function lookupLoopback(
  _name: string,
  { all }: { readonly all?: boolean },
  callback: (error: null, address: string | LookupAddress[], family?: number) => void,
): void {
  if (all)
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  else callback(null, '127.0.0.1', 4);
}

/** The connections to a proxy on which tunnels are asked for: what fails there is the proxy's, not the gateway's. */
function createTunnelPool(proxy: URL, options: Pool.Options): Pool {
  const pool = new Pool(proxy, options);
  // It is undici's index that gives dispatchers this method.
  return Object.assign(pool, {
    connect: (tunnel: Dispatcher.ConnectOptions) => markProxyError(connect.call(pool, tunnel)),
  });
}

/** The same for plain http, which a proxy passes on without a tunnel. */
function withProxyErrors({ connect: connector, ...options }: Pool.Options): Pool.Options {
  if (typeof connector !== 'function') return { ...options, connect: connector };
  return {
    ...options,
    connect: (to, callback) =>
      connector(to, (...[error, socket]) =>
        error ? callback(proxyError(error), null) : callback(null, socket as NonNullable<typeof socket>),
      ),
  };
}

class SocksAgent extends Socks5ProxyAgent {
  /** Undici's own step, which its types leave out. */
  createSocks5Connection(host: string, port: number): Promise<unknown> {
    return markProxyError(
      Reflect.get(Socks5ProxyAgent.prototype, 'createSocks5Connection').call(this, host, port),
    );
  }
}

/**
 * Connections to a SOCKS proxy that end when it is silent after the greeting, as one that speaks TLS is: the greeting is
 * too short for it to tell that it is none of its own. Without this only the whole question would end, as the gateway's
 * fault.
 */
function greetedWithin(limitMs: number): buildConnector.connector {
  const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  return (to, callback) =>
    open(to, (...[error, socket]) => {
      if (error) return callback(error, null);
      const silent = Object.assign(new Error('the proxy is silent'), { code: PROXY_SILENT });
      const timer = setTimeout(() => socket.destroy(silent), limitMs);
      const stop = () => clearTimeout(timer);
      socket.once('data', stop).once('close', stop);
      callback(null, socket);
    });
}

async function markProxyError<Value>(way: Promise<Value>): Promise<Value> {
  try {
    return await way;
  } catch (error) {
    throw proxyError(error);
  }
}

function proxyError(cause: unknown): Error {
  return Object.assign(new Error('at the proxy', { cause }), { code: PROXY_ERROR_CODE });
}

/** A house that signs its gateway's certificate signs its proxy's too. */
function proxySecureContext(ca: readonly string[]): SecureContext {
  return ca.length > 0 ? trustedRootsFrom(ca, true) : defaultTrustedRoots();
}

function basicAuthorization({ user, password }: ProxyLogin): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
