import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SampleGateway } from './server.ts';

/** A request that came to a host, whoever answered it. */
interface HostCall {
  readonly path: string;
  /** What a secret was looked for in: the request line, and all headers. */
  readonly text: string;
}

/** A host with gateways below paths of it, and something else at its root. */
export interface Host {
  readonly origin: string;
  /** What came to the root, and to every path without a gateway. */
  readonly rootCalls: HostCall[];
  /** What came below the path of a gateway. */
  readonly mountedCalls: HostCall[];
  /** Answers a path of the host with a redirect from now on. */
  redirect(path: string, location: string): void;
  close(): Promise<void>;
}

/**
 * A reverse proxy on loopback that passes what comes below a path on to a gateway, without that path, as nginx and Caddy are
 * set up to. Its root answers as a New API of its own, so that a request that strays is not refused.
 */
export async function startHost(mounts: Readonly<Record<string, SampleGateway>>): Promise<Host> {
  const rootCalls: HostCall[] = [];
  const mountedCalls: HostCall[] = [];
  const redirects = new Map<string, string>();

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const text = `${request.method} ${path}\n${request.rawHeaders.join('\n')}`;
    const mount = Object.keys(mounts).find(each => path.startsWith(`${each}/`));
    (mount === undefined ? rootCalls : mountedCalls).push({ path, text });
    const location = redirects.get(path);
    if (location !== undefined) response.writeHead(301, { location }).end();
    else if (mount === undefined) answerAsAnother(response);
    else passOn(request, response, `${mounts[mount]?.origin}${path.slice(mount.length)}`);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rootCalls,
    mountedCalls,
    redirect: (path, location) => redirects.set(path, location),
    close: () => {
      server.closeAllConnections();
      return new Promise(closed => server.close(() => closed()));
    },
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, url: string): void {
  const onward = sendRequest(url, { method: request.method, headers: request.headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

/** What a key would read at the root: another gateway's figures. */
function answerAsAnother(response: ServerResponse): void {
  const data = { system_name: 'Another', version: 'v0.12.7', quota_per_unit: 500_000, name: 'another' };
  const body = { success: true, code: true, message: '', data };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
