import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, it } from 'mocha';
import { sendByDefault } from '../../../src/http/send.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

describe('a server that closes a connection without saying so', () => {
  let server: Server;
  let asked = 0;
  let reserved = 0;
  afterEach(() => server.close());

  async function ask(origin: URL, method: 'GET' | 'POST' = 'GET'): Promise<number> {
    const signal = AbortSignal.timeout(5000);
    const beforeExtraCall = () => {
      reserved += 1;
    };
    const { status, body } = await sendByDefault(new URL('/x', origin), {
      method,
      headers: {},
      signal,
      beforeExtraCall,
    });
    for await (const _ of body);
    return status;
  }

  /** Serves each question of a connection by its number on it, and tells where. */
  async function serve(answer: (socket: Socket, number: number) => void): Promise<URL> {
    asked = 0;
    reserved = 0;
    server = createServer(socket => {
      let number = 0;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        number += 1;
        // What comes on a connection that was closed is read by nobody.
        if (!socket.writableEnded) asked += 1;
        answer(socket, number);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  it('after each answer, is asked on another one', async () => {
    const origin = await serve(socket => socket.end(ANSWER));
    for (let question = 0; question < 20; question++) assert.equal(await ask(origin), 200);
    assert.equal(asked, 20);
  });

  it('before an answer on a connection that is new, is not asked again', async () => {
    const origin = await serve(socket => socket.resetAndDestroy());
    await assert.rejects(ask(origin), { code: 'ECONNRESET' });
    assert.equal(asked, 1);
  });

  it('in place of each second answer, is asked until the connection is new, unless it was told something', async () => {
    const origin = await serve((socket, number) =>
      number === 1 ? socket.write(ANSWER) : socket.resetAndDestroy(),
    );
    assert.equal(await ask(origin), 200);
    assert.equal(reserved, 0);
    assert.equal(await ask(origin), 200);
    assert.equal(reserved, 1, 'the request that is sent again is another call');
    await assert.rejects(ask(origin, 'POST'), { code: 'ECONNRESET' });
  });
});
