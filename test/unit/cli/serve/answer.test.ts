import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { sendAnswer } from '../../../../src/cli/serve/http/answer.ts';

/** Longer than what is compressed at a time, and with signs of two and three bytes at its ends. */
const PARTS = Array.from({ length: 9 }, (_, index) => `€${String(index).repeat(70_000)}ä`);

describe('an answer in parts', () => {
  for (const takesGzip of [true, false])
    it(`is whole and of the length that it says, ${takesGzip ? 'compressed' : 'as it is'}`, async () => {
      const server = createServer((_, response) => {
        void sendAnswer(response, { status: 200, text: PARTS }, takesGzip);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      try {
        const { port } = server.address() as AddressInfo;
        const [answer] = (await once(get({ port, agent: false }), 'response')) as [IncomingMessage];
        const body = await buffer(answer);
        assert.equal(Number(answer.headers['content-length']), body.length);
        assert.equal(answer.headers['content-encoding'], takesGzip ? 'gzip' : undefined);
        assert.equal((takesGzip ? gunzipSync(body) : body).toString('utf8'), PARTS.join(''));
      } finally {
        server.close();
      }
    });
});
