import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { makeCertificate, type TlsKind } from '../sampleGateways/certificate.ts';
import { realClock } from '../sampleGateways/clock.ts';
import { isReadable, type ProxyTargets, portOf, type SeenRequest } from './seenRequest.ts';

export interface HttpProxyOptions extends ProxyTargets {
  /** Wanted as Basic authentication, when given. */
  readonly login?: { readonly user: string; readonly password: string };
  readonly tls?: TlsKind;
  readonly onRequest?: (request: SeenRequest) => void;
}

/** A running proxy. */
export interface TestProxy {
  readonly port: number;
  readonly ca: string | undefined;
  readonly seenRequests: SeenRequest[];
  close(): Promise<void>;
}

/** Starts an HTTP proxy on loopback: tunnels for CONNECT, forwards what is asked with a whole address. */
export async function startHttpProxy(options: HttpProxyOptions = {}): Promise<TestProxy> {
  const seenRequests: SeenRequest[] = [];
  const open = new Set<Duplex>();
  const see = (request: SeenRequest): SeenRequest => {
    seenRequests.push(request);
    options.onRequest?.(request);
    return request;
  };
  const isAuthorized = ({ headers }: IncomingMessage): boolean =>
    !options.login || headers['proxy-authorization'] === basic(options.login);

  const forward = (request: IncomingMessage, response: ServerResponse): void => {
    const url = URL.parse(request.url ?? '');
    const target = url?.host ?? '';
    const carriedSecret = isReadable(request.rawHeaders.join('\n') + request.url);
    const port = url ? portOf(url, options) : undefined;
    if (!isAuthorized(request)) {
      see({ how: 'plain', target, outcome: 'login wanted', carriedSecret });
      response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="test"' }).end();
    } else if (!url || port === undefined) {
      see({ how: 'plain', target, outcome: 'refused', carriedSecret });
      response.writeHead(403).end();
    } else {
      see({ how: 'plain', target, outcome: 'connected', carriedSecret });
      const { 'proxy-authorization': _mine, 'proxy-connection': _hop, ...headers } = request.headers;
      const onward = ask({
        port,
        host: '127.0.0.1',
        method: request.method,
        path: url.pathname + url.search,
        headers,
      });
      onward.on('response', answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    }
  };

  const tunnel = (request: IncomingMessage, client: Duplex): void => {
    open.add(client.on('close', () => open.delete(client)).on('error', () => client.destroy()));
    const url = URL.parse(`http://${request.url}`);
    const target = request.url ?? '';
    const carriedSecret = isReadable(request.rawHeaders.join('\n') + request.url);
    const port = url ? portOf(url, options) : undefined;
    if (!isAuthorized(request)) {
      see({ how: 'connect', target, outcome: 'login wanted', carriedSecret });
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n',
      );
    } else if (port === undefined) {
      see({ how: 'connect', target, outcome: 'refused', carriedSecret });
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    } else {
      const server = connect(port, '127.0.0.1');
      server.once('connect', () => {
        const seen = see({ how: 'connect', target, outcome: 'connected', carriedSecret });
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.on('data', (bytes: Buffer) => {
          seen.carriedSecret ||= isReadable(bytes);
        });
        client.pipe(server).pipe(client);
      });
      server.on('error', () => {
        see({ how: 'connect', target, outcome: 'unreachable', carriedSecret });
        client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      });
      client.on('close', () => server.destroy());
    }
  };

  const certificate = options.tls && (await makeCertificate(options.tls, realClock));
  const server = certificate
    ? createTlsServer({ key: certificate.key, cert: certificate.chain }, forward)
    : createServer(forward);
  server.on('connect', tunnel);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ca: certificate?.ca,
    seenRequests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const client of open) client.destroy();
      }),
  };
}

function basic({ user, password }: { readonly user: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
