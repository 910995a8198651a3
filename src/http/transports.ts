import { X509Certificate } from 'node:crypto';
import { isLoopback } from '../core/input/privateHost.ts';
import { lazyImport } from '../core/lazyImport.ts';
import type { Route } from '../core/ports/settings.ts';
import { failed } from '../core/quota/failure.ts';
import { SECOND_MS } from '../core/time.ts';
import type { CustomRoute, CustomRouteOptions } from './customRoute.ts';
import { type ProxyChoice, type ProxyLogin, parseProxy } from './proxy.ts';
import { refuseExposed } from './route.ts';
import { type Send, sendByDefault } from './send.ts';
import { createTransport, MAX_BODY_BYTES, type Transport } from './transport.ts';

export interface TransportsParts {
  /** What the user set for a gateway, as it is now. */
  readonly routeOf: (origin: string) => Route | undefined;
  /** By the address that `parseProxy` gives; undefined where none is set. What it throws ends the request. */
  readonly loginOf: (proxyAddress: string) => Promise<ProxyLogin | undefined>;
  /** The text of a certificate file; where it throws, the request fails with `ca-file`. */
  readonly readText: (path: string) => Promise<string>;
  /** Milliseconds for a whole exchange. */
  readonly timeoutMs: () => number;
}

/** One transport for all gateways, which sends each request the way that is set for its origin. */
export interface Transports {
  readonly transport: Transport;
  /** Closes all connections of our own; VS Code's are not ours to close. */
  close(): Promise<void>;
}

/** What VS Code never sends to a proxy. */
const VSCODES_LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** How long a SOCKS proxy may take for its first answer, which it gives by itself, without asking anyone. */
const GREETING_LIMIT_MS = 5 * SECOND_MS;

/** A way of our own that is open, or being opened, and for which origin. */
interface OpenRoute {
  readonly origin: string;
  readonly opening: Promise<CustomRoute>;
}

/**
 * The default way is VS Code's own. One of our own is opened by the first request that needs it, and retired when
 * another is set for its origin: `open` makes it, and may fail.
 */
export function createTransports(
  parts: TransportsParts,
  open: (spec: CustomRouteOptions) => Promise<CustomRoute> = openRoute,
): Transports {
  const routes = new Map<string, OpenRoute>();

  const sendFor = async (url: URL): Promise<Send> => {
    const route = parts.routeOf(url.origin);
    refuseExposed(url, route);
    const spec = await specOf(url, route, parts);
    if (!spec) return sendByDefault;
    const name = JSON.stringify([url.origin, spec]);
    const known = routes.get(name);
    if (known) return (await known.opening).send;
    const opening = open(spec);
    // One that could not be opened is opened anew by the next request.
    opening.catch(() => routes.get(name)?.opening === opening && routes.delete(name));
    for (const [other, old] of routes) {
      if (old.origin !== url.origin) continue;
      routes.delete(other);
      void old.opening.then(each => each.retire()).catch(() => undefined);
    }
    routes.set(name, { origin: url.origin, opening });
    return (await opening).send;
  };

  return {
    transport: createTransport(sendFor, () => ({ timeoutMs: parts.timeoutMs(), maxBytes: MAX_BODY_BYTES })),
    async close() {
      const all = [...routes.values()];
      routes.clear();
      await Promise.allSettled(all.map(async ({ opening }) => (await opening).close()));
    },
  };
}

/** Undefined for VS Code's own way. Nothing that is set is passed over: a proxy that cannot be used fails. */
async function specOf(
  url: URL,
  route: Route | undefined,
  { loginOf, readText, timeoutMs }: TransportsParts,
): Promise<CustomRouteOptions | undefined> {
  const choice = parseProxy(route?.proxy);
  if (choice.way === 'none') throw failed('transient', 'proxy-setting');
  // Nothing of plain http to this machine may leave it, so it takes no proxy either: VS Code's knows three names of it.
  if (url.protocol === 'http:' && isLoopback(url.hostname)) {
    return VSCODES_LOOPBACK.test(url.hostname) ? undefined : { way: 'loopback', ca: [] };
  }
  const ca = route?.caFile ? await certificatesIn(route.caFile, readText) : undefined;
  if (choice.way === 'default' && !ca) return undefined;
  const end = await endOf(choice, loginOf);
  // Within the time for the whole exchange, so that a silent proxy is told as that.
  const greetingMs = end.way === 'socks5' ? Math.min(GREETING_LIMIT_MS, timeoutMs() / 2) : undefined;
  return { ...end, ca: ca ?? [], greetingMs };
}

async function endOf(
  choice: Exclude<ProxyChoice, { way: 'none' }>,
  loginOf: TransportsParts['loginOf'],
): Promise<Omit<CustomRouteOptions, 'ca'>> {
  if (choice.way === 'default' || choice.way === 'direct') return { way: 'direct' };
  return { ...choice, login: await loginOf(choice.address) };
}

async function certificatesIn(path: string, readText: TransportsParts['readText']): Promise<string[]> {
  const text = await readText(path).catch(() => {
    throw failed('transient', 'ca-file');
  });
  const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  if (!found?.every(isCertificate)) throw failed('transient', 'ca-file-content');
  return found;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

async function openRoute(spec: CustomRouteOptions): Promise<CustomRoute> {
  return (await lazyImport(() => import('./customRoute.ts'))).openCustomRoute(spec);
}
