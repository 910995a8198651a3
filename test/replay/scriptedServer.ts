import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as a script sees it. */
export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a script answers: a body that is no text goes out as JSON. */
export interface ScriptedReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A real server on loopback that answers what a function says. */
export interface ScriptedServer {
  readonly origin: string;
  /** `GET /path?query`, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startScriptedServer(
  script: (request: ScriptedRequest) => ScriptedReply,
): Promise<ScriptedServer> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://loopback');
    const method = request.method ?? 'GET';
    asked.push(`${method} ${pathname}${search}`);
    const { headers } = request;
    const body = await text(request);
    const reply = script({ method, path: pathname, query: searchParams, headers, body });
    const sent = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    const type = typeof reply.body === 'string' ? {} : { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(reply.status ?? 200, { ...type, ...reply.headers });
    response.end(sent);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
