import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const PIECE = Buffer.alloc(64 * 1024, 'x');

/** A server that counts: `/endless` never stops sending, any other path tells what was asked. */
export class ByteServer {
  readonly origin: string;
  /** Resolves when the client has closed an endless answer. */
  readonly closedByClient: Promise<void>;
  sentBytes = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.closedByClient = new Promise(resolve => {
      server.on('request', (request, response) => {
        if (request.url === '/endless') this.#pour(response, resolve);
        else void echo(request, response);
      });
    });
  }

  static async start(): Promise<ByteServer> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new ByteServer(server);
  }

  stop(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #pour(response: ServerResponse, closed: () => void): void {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const pour = () => {
      while (!response.destroyed && response.write(PIECE)) this.sentBytes += PIECE.length;
    };
    response.on('drain', pour);
    response.on('close', closed);
    pour();
  }
}

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const { method, url, headers } = request;
  response.end(JSON.stringify({ line: `${method} ${url}`, headers, body }));
}
