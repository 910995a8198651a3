import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type Answer, sendAnswer } from '../../../../src/cli/serve/http/answer.ts';

/** Longer than what is compressed at a time, and with signs of two and three bytes at its ends. */
const PARTS = Array.from({ length: 9 }, (_, index) => `€${String(index).repeat(70_000)}ä`);

/** What a client gets of an answer. */
async function received(answer: Answer, takesGzip: boolean) {
  const server = createServer((_, response) => void sendAnswer(response, answer, takesGzip));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const [{ statusCode, headers }, body] = await new Promise<[IncomingMessage, Buffer]>(
      (resolve, reject) => {
        get({ port, agent: false }, response => {
          buffer(response).then(bytes => resolve([response, bytes]), reject);
        }).on('error', reject);
      },
    );
    return { status: statusCode, headers, body };
  } finally {
    server.close();
  }
}

describe('an answer', () => {
  it('in parts is whole and of the length that it says, compressed or as it is', async () => {
    for (const takesGzip of [true, false]) {
      const { headers, body } = await received({ status: 200, text: PARTS }, takesGzip);
      assert.equal(Number(headers['content-length']), body.length);
      assert.equal(headers['content-encoding'], takesGzip ? 'gzip' : undefined);
      assert.equal((takesGzip ? gunzipSync(body) : body).toString('utf8'), PARTS.join(''));
    }
  });

  it('of less than a thousand bytes is not compressed', async () => {
    const encodingOf = async (length: number) =>
      (await received({ status: 200, text: 'x'.repeat(length) }, true)).headers['content-encoding'];
    assert.deepEqual([await encodingOf(999), await encodingOf(1000)], [undefined, 'gzip']);
  });

  it('is kept by nobody and taken for nothing else, and has the headers of its own', async () => {
    const { headers } = await received({ status: 401, text: 'no\n', headers: { allow: 'GET' } }, false);
    const { date: _, connection: __, ...told } = headers;
    assert.deepEqual(told, {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
      allow: 'GET',
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '3',
    });
  });

  it('without a text has neither type nor length', async () => {
    const { status, headers, body } = await received({ status: 304, headers: { etag: 'W/"1"' } }, true);
    assert.deepEqual(
      [status, headers.etag, headers['content-type'], headers['content-length'], body.length],
      [304, 'W/"1"', undefined, undefined, 0],
    );
  });
});
