import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import { GatewayError } from '../../../src/core/quota/failure.ts';
import { type CustomRoute, openCustomRoute } from '../../../src/http/customRoute.ts';
import { sendByDefault } from '../../../src/http/send.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { RawServer } from '../support/rawServer.ts';
import { until } from '../support/until.ts';

const TIMEOUT_MS = 300;
/** Where something else is to end it, which a busy machine must not be too slow for. */
const LONG_MS = 5000;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;

/** Sends these bytes and leaves the connection open. */
const write = (bytes: string) => (socket: Socket) => void socket.write(bytes, 'latin1');
/** Sends these bytes and ends the connection in good order. */
const end = (bytes: string) => (socket: Socket) => void socket.end(bytes, 'latin1');
/** Sends these bytes again and again until the client leaves. */
const repeat = (bytes: string) => (socket: Socket) => {
  const again = setInterval(() => socket.write(bytes, 'latin1'), 1);
  socket.on('close', () => clearInterval(again));
};

/** Undici takes no 100 that nobody asked for, and Node tells of a broken chunk as of a broken connection. */
const OTHERWISE: Readonly<Record<string, string>> = {
  '100, then an answer, by our own way': 'not-http',
  'a chunk of no size, by VS Code’s way': 'connection-broken',
};

/** What a server does, and what must come of it: the text of an answer, or why there is none. */
const TABLE: Readonly<Record<string, readonly [(socket: Socket) => void, outcome: string]>> = {
  '101 with Upgrade': [
    write(lines('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade')),
    'not-http',
  ],
  '101 with Upgrade, and closed': [
    end(lines('HTTP/1.1 101 Switching Protocols', 'Upgrade: h2c', 'Connection: Upgrade')),
    'not-http',
  ],
  '101 without Upgrade': [write(lines('HTTP/1.1 101 Switching Protocols')), 'not-http'],
  '100, then an answer': [write(`${lines('HTTP/1.1 100 Continue')}${OK}`), 'ok'],
  '102 and 103, then an answer': [
    write(`${lines('HTTP/1.1 102 Processing')}${lines('HTTP/1.1 103 Early Hints', 'Link: </a>')}${OK}`),
    'ok',
  ],
  '103 without end': [repeat(lines('HTTP/1.1 103 Early Hints', 'Link: </a>')), 'timeout'],
  '103, and closed': [end(lines('HTTP/1.1 103 Early Hints')), 'connection-broken'],
  'nothing at all': [() => undefined, 'timeout'],
  'nothing, and closed': [end(''), 'connection-broken'],
  'a reset': [socket => socket.resetAndDestroy(), 'connection-broken'],
  'half a status line, and closed': [end('HTTP/1.1 20'), 'connection-broken'],
  'half of the headers, and closed': [end('HTTP/1.1 200 OK\r\nContent-Le'), 'connection-broken'],
  'a header a time, without end': [
    socket => {
      socket.write('HTTP/1.1 200 OK\r\n');
      repeat('X: y\r\n')(socket);
    },
    'timeout',
  ],
  'headers of 20 kB': [write(lines('HTTP/1.1 200 OK', `X: ${'y'.repeat(20_000)}`)), 'headers-too-large'],
  'a thousand headers of 30 signs': [
    write(lines('HTTP/1.1 200 OK', ...Array.from({ length: 1000 }, (_, at) => `X-${at}: ${'y'.repeat(30)}`))),
    'headers-too-large',
  ],
  'half of a body, and closed': [end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok'), 'connection-broken'],
  'half of a body, then nothing': [write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok'), 'timeout'],
  'a body that its close ends': [end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok'), 'ok'],
  'chunks without the last': [
    write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n'),
    'timeout',
  ],
  'chunks without the last, and closed': [
    end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n'),
    'connection-broken',
  ],
  'a chunk of no size': [
    write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n'),
    'not-http',
  ],
  trailers: [
    write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n2\r\nok\r\n0\r\nX: y\r\n\r\n'),
    'ok',
  ],
  'two answers': [write(`${OK}${OK}`), 'ok'],
  'bytes after the end': [write(`${OK}\r\n\r\nand more`), 'ok'],
  'no HTTP': [write('SSH-2.0-OpenSSH_9.9\r\n'), 'not-http'],
  'HTTP/0.9': [end('<html>hello</html>'), 'not-http'],
  'HTTP/2 at once': [write('\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64'), 'not-http'],
  'an alert of TLS': [end('\x15\x03\x01\x00\x02\x02\x46'), 'not-http'],
  'a version that is none': [write(lines('HTTP/9.7 200 OK', 'Content-Length: 0')), 'not-http'],
  'a status that is none': [write(lines('HTTP/1.1 2x0 OK', 'Content-Length: 0')), 'not-http'],
  'two lengths': [write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok'), 'not-http'],
  'a header without a colon': [write('HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'), 'not-http'],
};

describe('what a server may do with a request', () => {
  let server: RawServer;
  let route: CustomRoute;

  before(async () => {
    server = await RawServer.start();
    route = openCustomRoute({ type: 'direct', ca: [] });
  });
  afterEach(() => until(() => server.connections === 0));
  after(async () => {
    await route.close();
    await server.stop();
  });

  for (const way of ['VS Code’s', 'our own'] as const) {
    for (const [what, [answer, usual]] of Object.entries(TABLE)) {
      const outcome = OTHERWISE[`${what}, by ${way} way`] ?? usual;
      it(`${what}, by ${way} way: ${outcome}`, async () => {
        server.handler = answer;
        const transport = createTransport(
          () => (way === 'our own' ? route.send : sendByDefault),
          () => ({ timeoutMs: outcome === 'timeout' ? TIMEOUT_MS : LONG_MS, maxBytes: 100_000 }),
        );
        const got = await transport({ url: new URL('/x', server.origin) }).then(
          ({ text }) => text,
          error => (error instanceof GatewayError ? error.failure.reason : error),
        );
        assert.equal(got, outcome);
        if (outcome === 'ok') {
          // An answer leaves its connection for the next; a server that goes ends it.
          await server.stop();
          await route.close();
          server = await RawServer.start();
          route = openCustomRoute({ type: 'direct', ca: [] });
        }
      });
    }
  }
});
