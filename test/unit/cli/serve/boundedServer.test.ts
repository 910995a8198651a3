import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createBoundedServer } from '../../../../src/cli/serve/http/boundedServer.ts';

/** Longer than a test may take: nothing but the server’s own doing ends a connection. */
const LIMITS = { connections: 20, requestMs: 60_000, idleMs: 60_000, checkMs: 20 };
/** Small, so that a test comes to them. A busy machine may come to them with any request. */
const SHORT = { ...LIMITS, requestMs: 100, idleMs: 400 };

describe('a server that cannot be taken up by some clients', () => {
  let server: Server;
  const sockets: Socket[] = [];

  const listen = async (limits: typeof LIMITS) => {
    server = createBoundedServer((_request, response) => response.end('ok'), limits);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const limitTo = async (limits: typeof LIMITS) => {
    await close();
    await listen(limits);
  };
  beforeEach(() => listen(LIMITS));
  afterEach(close);

  const open = (): Socket => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    // A connection that is not accepted is closed.
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  /** What comes for a text, until the server closes the connection. */
  const replyTo = async (text: string) => {
    const socket = open();
    let reply = '';
    socket.setEncoding('utf8').on('data', part => {
      reply += part;
    });
    socket.write(text);
    await new Promise(done => socket.once('close', done));
    return reply;
  };
  const OK = /^HTTP\/1\.1 200 OK\r\n[\s\S]*ok$/;
  const REQUEST = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  /** Asks until there is an answer: the server decides when it lets somebody go. */
  const answered = async () => {
    for (;;) if (OK.test(await replyTo(REQUEST))) return;
  };

  it('makes one answer at a time for who asks on and on by one connection', async () => {
    let running = 0;
    let most = 0;
    await close();
    server = createBoundedServer((_request, response) => {
      most = Math.max(most, ++running);
      setImmediate(() => {
        running--;
        response.end('ok');
      });
    }, LIMITS);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const asked = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(19) + REQUEST;
    const replies = (await replyTo(asked)).match(/HTTP\/1\.1 200 OK/g);
    assert.deepEqual([replies?.length, most], [20, 1]);
  });

  it('takes 512 connections, waits five seconds for a request and ninety for anything, where nothing else is said', () => {
    const usual = createBoundedServer(() => undefined);
    assert.deepEqual(
      [usual.maxConnections, usual.requestTimeout, usual.timeout, usual.keepAliveTimeout],
      [512, 5000, 90_000, 90_000],
    );
  });

  it('answers again on a connection whose answer before has ended', async () => {
    await close();
    const ended = Promise.withResolvers<void>();
    server = createBoundedServer((_request, response) => {
      response.once('close', () => ended.resolve());
      response.end('ok');
    }, LIMITS);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = open();
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await ended.promise;
    let reply = '';
    socket.setEncoding('utf8').on('data', part => {
      reply += part;
    });
    socket.write(REQUEST);
    await once(socket, 'close');
    assert.equal(reply.match(/HTTP\/1\.1 200 OK/g)?.length, 2);
  });

  it('answers', async () => assert.match(await replyTo(REQUEST), OK));

  it('ends a request whose head does not come', async () => {
    await limitTo(SHORT);
    assert.match(
      await replyTo('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '),
      /^HTTP\/1\.1 408 Request Timeout\r\n/,
    );
  });

  it('ends a connection on which nothing is asked', async () => {
    await limitTo(SHORT);
    assert.match(await replyTo(''), /^(?:HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*)?$/);
  });

  it('ends a request whose body does not come', async () => {
    await limitTo(SHORT);
    const reply = await replyTo('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc');
    assert.ok(reply.includes('200 OK') || reply.includes('408'), reply);
  });

  it('answers without waiting for a body, and ends the connection so that nobody reads it', async () => {
    for (const head of ['Content-Length: 1000000', 'Transfer-Encoding: chunked']) {
      const reply = await replyTo(`POST / HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
      assert.match(reply, /^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close\r\n[\s\S]*ok$/);
    }
    const asked = await replyTo(
      'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
    );
    assert.match(asked, /^HTTP\/1\.1 200 OK/);
  });

  it('refuses a head that is too large, and what is no HTTP, and repeats nothing of it', async () => {
    const large = await replyTo(`GET / HTTP/1.1\r\nHost: x\r\nAuthorization: ${'a'.repeat(10_000)}\r\n\r\n`);
    assert.equal(large, 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n');
    assert.equal(await replyTo('EHLO me\r\n\r\n'), 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });

  it('answers others while slow clients hold all the connections that it has', async () => {
    // They do not read, and so do not see that they were given up.
    await limitTo({ ...SHORT, idleMs: LIMITS.idleMs });
    for (let client = 0; client < 200; client++) open().write('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    await answered();
  });

  it('answers others while many connections are kept open after their answers', async () => {
    for (let client = 0; client < LIMITS.connections; client++) {
      const socket = open();
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(socket, 'data');
    }
    await answered();
  });

  it('answers others after a thousand connections', async () => {
    for (let round = 0; round < 2; round++) {
      const opened = Array.from({ length: 500 }, open);
      await Promise.all(
        opened.map(socket => new Promise(done => socket.once('connect', done).once('close', done))),
      );
      for (const socket of opened) socket.destroy();
    }
    await answered();
  });
});
