import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** What is done with a connection once a request has come. */
export type RawHandler = (socket: Socket) => void;

/** A server that answers with bytes, not with HTTP: whatever a broken or hostile machine may send. */
export class RawServer {
  readonly origin: string;
  /** How many connections were taken, open or not. */
  taken = 0;
  /** How many requests have come. */
  requests = 0;
  /** What is done with each. */
  handler: RawHandler = socket => socket.destroy();
  readonly #server: Server;
  readonly #open: ReadonlySet<Socket>;

  private constructor(server: Server, open: ReadonlySet<Socket>) {
    this.#server = server;
    this.#open = open;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<RawServer> {
    const open = new Set<Socket>();
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const raw = new RawServer(server, open);
    server.on('connection', socket => {
      raw.taken++;
      open.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
      socket.once('data', () => {
        raw.requests++;
        raw.handler(socket);
      });
    });
    return raw;
  }

  /** How many connections are open: none must be left when an answer was given up. */
  get connections(): number {
    return this.#open.size;
  }

  stop(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      for (const socket of this.#open) socket.destroy();
    });
  }
}

/** Sends these bytes, then resets the connection. */
export function resetAfter(bytes: Buffer): RawHandler {
  return socket => {
    if (bytes.length === 0) socket.resetAndDestroy();
    else socket.write(bytes, () => socket.resetAndDestroy());
  };
}

/** Sends these bytes, then closes the connection in good order. */
export function closeAfter(bytes: Buffer): RawHandler {
  return socket => socket.end(bytes);
}
