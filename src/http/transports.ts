import { isLoopback } from '../core/input/privateHost.ts';
import { lazyImport } from '../core/lazyImport.ts';
import type { Route } from '../core/ports/settings.ts';
import { failed } from '../core/quota/failure.ts';
import { SECOND_MS } from '../core/time.ts';
import { certificatesIn } from './certificates.ts';
import type { CustomRoute, CustomRouteOptions } from './customRoute.ts';
import { type ProxyChoice, type ProxyLogin, parseProxy } from './parseProxy.ts';
import { refusePlainHttp } from './plainHttp.ts';
import { type Send, sendByDefault } from './send.ts';
import { createTransport, MAX_BODY_BYTES, type Transport } from './transport.ts';

export interface TransportsParts {
  /** The current settings of a gateway. */
  readonly routeFor: (origin: string) => Route | undefined;
  /**
   * The login by the address that `parseProxy` gives; undefined where none is set. An error from it ends the request.
   */
  readonly proxyLoginFor: (proxyAddress: string) => Promise<ProxyLogin | undefined>;
  /** The text of a certificate file; where it throws, the request fails with `ca-file`. */
  readonly readText: (path: string) => Promise<string>;
  /** Milliseconds for a whole exchange. */
  readonly timeoutMs: () => number;
}

/** One transport for all gateways, which sends each request by the route that is set for its origin. */
export interface Transports {
  readonly transport: Transport;
  /** Closes all custom routes. VS Code's own connections are left open. */
  close(): Promise<void>;
}

/** Hosts that VS Code never sends to a proxy. */
const VSCODE_LOOPBACK_HOSTS = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** How long a SOCKS proxy may take to answer the greeting, which needs no other server. */
const GREETING_LIMIT_MS = 5 * SECOND_MS;

/** A custom route that is open or being opened, and its origin. */
interface OpenRoute {
  readonly origin: string;
  readonly opening: Promise<CustomRoute>;
}

/**
 * The default route is VS Code's own. A custom route is opened by the first request that needs it, and retired when
 * another is set for its origin: `open` makes it, and may fail.
 */
export function createTransports(
  parts: TransportsParts,
  open: (spec: CustomRouteOptions) => Promise<CustomRoute> = importAndOpenRoute,
): Transports {
  const routes = new Map<string, OpenRoute>();

  const sendFor = async (url: URL): Promise<Send> => {
    const route = parts.routeFor(url.origin);
    refusePlainHttp(url, route);
    const spec = await customRouteOptionsFor(url, route, parts);
    if (!spec) return sendByDefault;
    const cacheKey = JSON.stringify([url.origin, spec]);
    const openRoute = routes.get(cacheKey);
    if (openRoute) return (await openRoute.opening).send;
    const opening = open(spec);
    // A route that could not be opened is opened again by the next request.
    opening.catch(() => routes.get(cacheKey)?.opening === opening && routes.delete(cacheKey));
    for (const [other, old] of routes) {
      if (old.origin !== url.origin) continue;
      routes.delete(other);
      void old.opening.then(each => each.closeWhenIdle()).catch(() => undefined);
    }
    routes.set(cacheKey, { origin: url.origin, opening });
    return (await opening).send;
  };

  return {
    transport: createTransport(sendFor, () => ({ timeoutMs: parts.timeoutMs(), maxBytes: MAX_BODY_BYTES })),
    async close() {
      const openRoutes = [...routes.values()];
      routes.clear();
      await Promise.allSettled(openRoutes.map(async ({ opening }) => (await opening).close()));
    },
  };
}

/**
 * The options of a custom route; undefined for VS Code's own. No setting is ignored: a proxy that cannot be used fails.
 */
async function customRouteOptionsFor(
  url: URL,
  route: Route | undefined,
  { proxyLoginFor, readText, timeoutMs }: TransportsParts,
): Promise<CustomRouteOptions | undefined> {
  const choice = parseProxy(route?.proxy);
  if (choice.type === 'none') throw failed('transient', 'proxy-setting');
  // Plain http to this machine must not leave it, so it takes no proxy either; VS Code's own proxy exempts only three
  // names.
  if (url.protocol === 'http:' && isLoopback(url.hostname)) {
    return VSCODE_LOOPBACK_HOSTS.test(url.hostname) ? undefined : { type: 'loopback', ca: [] };
  }
  const ca = route?.caFile ? await readCertificates(route.caFile, readText) : undefined;
  if (choice.type === 'default' && !ca) return undefined;
  const end = await proxyOptionsFor(choice, proxyLoginFor);
  // Less than the timeout of the whole exchange, so that a proxy that does not answer is reported as such.
  const connectMs = end.type === 'direct' ? undefined : timeoutMs() / 2;
  const greetingMs = end.type === 'socks5' ? Math.min(GREETING_LIMIT_MS, timeoutMs() / 2) : undefined;
  return { ...end, ca: ca ?? [], connectMs, greetingMs };
}

async function proxyOptionsFor(
  choice: Exclude<ProxyChoice, { type: 'none' }>,
  proxyLoginFor: TransportsParts['proxyLoginFor'],
): Promise<Omit<CustomRouteOptions, 'ca'>> {
  if (choice.type === 'default' || choice.type === 'direct') return { type: 'direct' };
  return { ...choice, login: await proxyLoginFor(choice.address) };
}

async function readCertificates(path: string, readText: TransportsParts['readText']): Promise<string[]> {
  const text = await readText(path).catch(() => {
    throw failed('transient', 'ca-file');
  });
  const found = certificatesIn(text);
  if (!found) throw failed('transient', 'ca-file-content');
  return found;
}

async function importAndOpenRoute(spec: CustomRouteOptions): Promise<CustomRoute> {
  return (await lazyImport(() => import('./customRoute.ts'))).openCustomRoute(spec);
}
