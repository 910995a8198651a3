import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './report.ts';

/** Answers over real HTTP as a report says, and 404 in New API's form where it says nothing. */
export class ReportGateway {
  readonly origin: string;
  /** Paths that were asked, in order. */
  readonly asked: string[] = [];
  readonly answers = new Map<string, Answer>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** `now` is the report's clock in epoch milliseconds. */
  static async start(now: () => number): Promise<ReportGateway> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const gateway = new ReportGateway(server);
    server.on('request', (request, response) => {
      const { pathname } = new URL(request.url ?? '/', gateway.origin);
      gateway.asked.push(pathname);
      const answer = gateway.answers.get(pathname) ?? gateway.answers.get('*') ?? NOT_FOUND;
      const { status, headers, json, text } = answer;
      const body = json === undefined ? (text ?? '') : JSON.stringify(json);
      const type = json === undefined ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
      response.writeHead(status, {
        'content-type': type,
        date: new Date(now()).toUTCString(),
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, withTimes(value, now())]),
        ),
      });
      response.end(withTimes(body, now()));
    });
    return gateway;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(resolve => this.#server.close(() => resolve()));
  }
}

const NOT_FOUND: Answer = {
  status: 404,
  headers: {},
  json: { error: { message: 'Invalid URL', type: 'invalid_request_error', param: '', code: '' } },
};

/** Puts epoch seconds where a text says `{now-60}`; in quotes it becomes a number. */
function withTimes(text: string, now: number): string {
  return text.replace(/"?\{now([+-]\d+)?\}"?/g, (_, more = '0') =>
    String(Math.floor(now / 1000) + Number(more)),
  );
}
