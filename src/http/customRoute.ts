/**
 * Requests that bypass VS Code's own network: through the gateway's own proxy, directly, or with its own certificates.
 * Only ever imported dynamically: undici is by far the largest dependency, and few users need it. Its index is not
 * imported, because it would replace the dispatcher behind the `fetch` of every extension in this process.
 */

import type { LookupAddress } from 'node:dns';
import type { Socket } from 'node:net';
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
import type { ProxyLogin } from './parseProxy.ts';
import { limitConnecting, markProxyError, silentProxyError, withProxyErrors } from './proxyErrors.ts';
import { type Send, toRawResponse, withAcceptEncoding } from './send.ts';
import { defaultTrustedRoots, trustedRootsFrom } from './trustedRoots.ts';

export interface CustomRouteOptions {
  /** `loopback` connects directly as well, and only to this machine, whatever a name server answers. */
  readonly type: 'direct' | 'loopback' | 'http' | 'socks5';
  /** The address of the proxy. */
  readonly address?: string;
  readonly login?: ProxyLogin;
  /** Certificates in PEM that are trusted for the gateway in place of the usual ones; empty for the usual ones. */
  readonly ca: readonly string[];
  /** Milliseconds within which a connection to a proxy has to be open, encryption included. */
  readonly connectMs?: number;
  /** Milliseconds in which a SOCKS proxy has to answer the greeting. */
  readonly greetingMs?: number;
}

/** Connections to a gateway that are separate from VS Code's. */
export interface CustomRoute {
  readonly send: Send;
  /** Closes the connections as soon as no request waits for its answer. */
  closeWhenIdle(): Promise<void>;
  /** Closes the connections at once. */
  close(): Promise<void>;
}

/** How long a connection may take until it is open. */
const CONNECT_TIMEOUT_MS = 30 * SECOND_MS;

/** Opens a route to a gateway. Nothing is connected before the first request. */
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
  connectMs = CONNECT_TIMEOUT_MS,
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
        clientFactory: (proxy: URL, options: Pool.Options) => createTunnelPool(proxy, options, connectMs),
        // Plain http is forwarded without a tunnel, by connections to the proxy.
        factory: (origin: string | URL, options: Pool.Options) =>
          new Pool(
            origin,
            new URL(origin).origin === address ? withProxyErrors(options, connectMs) : options,
          ),
      } as ConstructorParameters<typeof ProxyAgent>[0]);
    case 'socks5':
      return new SocksAgent(address, {
        username: login?.user,
        password: login?.password,
        requestTls,
        connectTimeout: CONNECT_TIMEOUT_MS,
        connect: withGreetingLimit(connectMs, greetingMs),
      } as ConstructorParameters<typeof Socks5ProxyAgent>[1]);
  }
}

/** The addresses of `localhost` and all names below it. Most name servers do not know those below it. */
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

/** The connections to a proxy on which tunnels are requested: an error there is the proxy's, not the gateway's. */
function createTunnelPool(proxy: URL, options: Pool.Options, connectMs: number): Pool {
  const pool = new Pool(proxy, withProxyErrors(options, connectMs));
  // Only undici's index would give dispatchers this method.
  return Object.assign(pool, {
    connect: (tunnel: Dispatcher.ConnectOptions) => markProxyError(connect.call(pool, tunnel)),
  });
}

class SocksAgent extends Socks5ProxyAgent {
  /** Undici's own method, which its types leave out. */
  async createSocks5Connection(host: string, port: number): Promise<Socket> {
    const opening: Promise<Socket> = Reflect.get(Socks5ProxyAgent.prototype, 'createSocks5Connection').call(
      this,
      host,
      port,
    );
    const socket = await markProxyError(opening);
    return socket.off('end', failEarlyEnd);
  }
}

/** Undici would keep waiting for a proxy that closes the connection before the tunnel is open. */
function failEarlyEnd(this: Socket): void {
  this.destroy(new Error('the proxy closed the connection'));
}

/**
 * Connections to a SOCKS proxy that fail when it does not answer the greeting. A server that expects TLS does not: the
 * greeting is too short for it to notice the mistake. Without this limit the whole request would time out, and the
 * gateway would be blamed.
 */
function withGreetingLimit(connectMs: number, limitMs: number): buildConnector.connector {
  const open = limitConnecting(buildConnector({ timeout: CONNECT_TIMEOUT_MS }), connectMs);
  return (to, callback) =>
    open(to, (...[error, socket]) => {
      if (error) return callback(error, null);
      const timer = setTimeout(() => socket.destroy(silentProxyError()), limitMs);
      const stop = () => clearTimeout(timer);
      socket.once('data', stop).once('close', stop).once('end', failEarlyEnd);
      callback(null, socket);
    });
}

/** The certificates that are trusted for a gateway are trusted for its proxy as well. */
function proxySecureContext(ca: readonly string[]): SecureContext {
  return ca.length > 0 ? trustedRootsFrom(ca, true) : defaultTrustedRoots();
}

function basicAuthorization({ user, password }: ProxyLogin): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
