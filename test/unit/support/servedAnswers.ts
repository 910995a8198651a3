import { hash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dayOf, startOfDay } from '../../../src/core/ledger/localDays.ts';

/** A server of a team whose answers a test writes by hand. */
export class ServedAnswers {
  /** The members of each key, as they are sent. */
  keys: readonly object[] = [];
  isSilent = false;
  /** Whether an answer that has not changed is not sent again. */
  isTagged = false;
  salt = 'the salt';
  readonly #server: Server;
  readonly #now: () => number;

  private constructor(server: Server, now: () => number) {
    this.#server = server;
    this.#now = now;
    server.on('request', (request, response) => {
      if (this.isSilent) return response.writeHead(500).end();
      const at = new Date(this.#now()).toISOString();
      const tag = JSON.stringify(hash('sha256', JSON.stringify(this.keys)));
      if (this.isTagged && request.headers['if-none-match'] === tag) return response.writeHead(304).end();
      const days = { today: new Date(startOfDay(dayOf(this.#now()))).toISOString(), monthBegins: 1 };
      const answer = { schema: 'key-quota/team/1', at, salt: this.salt, ...days, keys: this.keys };
      return response
        .writeHead(200, { 'content-type': 'application/json', ...(this.isTagged && { etag: tag }) })
        .end(JSON.stringify(answer));
    });
  }

  static async start(now: () => number): Promise<ServedAnswers> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new ServedAnswers(server, now);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
