import assert from 'node:assert/strict';
import http from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type RequestMethod, sendByDefault } from '../../../src/http/send.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

describe('a server that closes a connection without saying so', () => {
  let server: Server;
  let asked = 0;
  let reserved = 0;
  let room: () => Promise<void> = async () => undefined;
  afterEach(() => {
    server.close();
    room = async () => undefined;
  });

  async function ask(origin: URL, method: RequestMethod = 'GET'): Promise<number> {
    const signal = AbortSignal.timeout(5000);
    const beforeExtraCall = () => {
      reserved += 1;
      return room();
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

  it('in place of an answer is not asked again where there is no room for another call', async () => {
    const origin = await serve((socket, number) =>
      number === 1 ? socket.write(ANSWER) : socket.resetAndDestroy(),
    );
    assert.equal(await ask(origin), 200);
    room = () => Promise.reject(new Error('no room'));
    await assert.rejects(ask(origin), { message: 'no room' });
    assert.equal(asked, 2);
  });

  it('while the question is written, which is another error, is asked on another one', async () => {
    const origin = await serve(socket => socket.write(ANSWER));
    assert.equal(await ask(origin), 200);
    const usualRequest = http.request;
    http.request = ((url: URL, options: http.RequestOptions) => {
      http.request = usualRequest;
      const brokenPipe = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
      return usualRequest(url, options).once('socket', socket => socket.destroy(brokenPipe));
    }) as typeof http.request;
    assert.equal(await ask(origin), 200);
    assert.equal(reserved, 1);
  });

  it('again and again is asked three times and no more', async () => {
    const waiting: Socket[] = [];
    const origin = await serve((socket, number) => {
      if (number > 1) socket.resetAndDestroy();
      // All wait for the last one, so that there are four connections.
      else if (waiting.push(socket) === 4) for (const each of waiting) each.write(ANSWER);
    });
    assert.deepEqual(await Promise.all([1, 2, 3, 4].map(() => ask(origin))), [200, 200, 200, 200]);
    await assert.rejects(ask(origin), { code: 'ECONNRESET' });
    assert.equal(asked, 4 + 3);
    assert.equal(reserved, 2);
  });

  it('after an answer that is no HTTP is not asked again: something was answered', async () => {
    const origin = await serve((socket, number) => {
      if (number === 1) socket.write(ANSWER);
      else socket.end('no such thing\r\n\r\n');
    });
    assert.equal(await ask(origin), 200);
    await assert.rejects(ask(origin), { code: /^HPE_/ });
    assert.equal(asked, 2);
    assert.equal(reserved, 0);
  });
});

describe('a request that somebody else gives up', () => {
  const usualRequest = http.request;
  let server: Server;
  beforeEach(async () => {
    server = createServer(socket => socket.destroy());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    // Where VS Code's own function stands, with its agents: any of them can do this.
    http.request = ((url: URL, options: http.RequestOptions) => {
      const request = usualRequest(url, options);
      request.abort();
      return request;
    }) as typeof http.request;
  });
  afterEach(() => {
    http.request = usualRequest;
    server.close();
  });

  it('is over at once, though Node names no error', async () => {
    const { port } = server.address() as AddressInfo;
    const outgoing = { method: 'GET', headers: {}, signal: new AbortController().signal } as const;
    const answer = sendByDefault(new URL(`http://127.0.0.1:${port}/x`), outgoing);
    await assert.rejects(answer, /closed without an answer/);
  });
});
