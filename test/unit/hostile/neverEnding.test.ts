import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { BrokenGateway, head, ORDINARY_BODY } from '../support/brokenGateway.ts';
import { until } from '../support/until.ts';

const MIB = 1024 * 1024;
const TIMEOUT_MS = 300;
const WHOLE = /"spent":2.5/;

/** Sends these bytes again and again, as long as the client reads. */
function pour(socket: Socket, bytes: Buffer): void {
  const go = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', go);
  go();
}

/** Sends these bytes one at a time. */
function drip(socket: Socket, bytes: Buffer, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= bytes.length) clearInterval(timer);
    else socket.write(bytes.subarray(at, ++at));
  }, everyMs);
}

describe('an answer that never ends', () => {
  let gateway: BrokenGateway;

  beforeEach(async () => {
    gateway = await BrokenGateway.start({ timeoutMs: TIMEOUT_MS });
  });

  afterEach(() => gateway.close());

  const whole = Buffer.from(head(`Content-Length: ${ORDINARY_BODY.length}`) + ORDINARY_BODY);
  const FOREVER: Readonly<Record<string, readonly [answer: (socket: Socket) => void, outcome: RegExp]>> = {
    'headers that never come': [() => undefined, /^transient: timeout$/],
    'a status line that never ends': [
      socket => pour(socket, Buffer.from(`HTTP/1.1 200 ${'O'.repeat(1000)}`)),
      /^transient: (?:timeout|headers-too-large)$/,
    ],
    'one header that never ends': [
      socket => {
        socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
        pour(socket, Buffer.alloc(1000, 'x'));
      },
      /^transient: (?:timeout|headers-too-large)$/,
    ],
    'headers without end': [
      socket => {
        socket.write('HTTP/1.1 200 OK\r\n');
        pour(socket, Buffer.from('X-More: 1\r\n'.repeat(100)));
      },
      /^transient: (?:timeout|headers-too-large)$/,
    ],
    'hints without end': [
      socket => pour(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n')),
      /^transient: (?:timeout|connection-broken)$/,
    ],
    'a body without end': [
      socket => {
        socket.write(head('Connection: close'));
        pour(socket, Buffer.alloc(64 * 1024, '{"budget":'));
      },
      /^unexpected: too-large$/,
    ],
    'a redirect elsewhere with a body without end': [
      socket => {
        socket.write(
          'HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nConnection: close\r\n\r\n',
        );
        pour(socket, Buffer.alloc(64 * 1024, ' '));
      },
      /^unexpected: redirected$/,
    ],
    'chunks without end': [
      socket => {
        socket.write(head('Transfer-Encoding: chunked'));
        pour(socket, Buffer.from(`10000\r\n${' '.repeat(0x10000)}\r\n`));
      },
      /^unexpected: too-large$/,
    ],
    'chunks of one byte without end': [
      socket => {
        socket.write(head('Transfer-Encoding: chunked'));
        pour(socket, Buffer.from('1\r\n \r\n'.repeat(1000)));
      },
      /^(?:unexpected: too-large|transient: timeout)$/,
    ],
    'a chunk whose extension never ends': [
      socket => {
        socket.write(`${head('Transfer-Encoding: chunked')}1;`);
        pour(socket, Buffer.alloc(1000, 'x'));
      },
      /^transient: (?:timeout|connection-broken)$/,
    ],
    'a body that stops': [
      socket => socket.write(whole.subarray(0, whole.length - 20)),
      /^transient: timeout$/,
    ],
    'a body that drips': [socket => drip(socket, whole, 20), /^transient: timeout$/],
    'a head that drips': [socket => drip(socket, whole, 20), /^transient: timeout$/],
    'a body that promises more than there is': [
      socket => socket.write(head('Content-Length: 9007199254740991') + ORDINARY_BODY),
      /^transient: timeout$/,
    ],
    'bytes that are no HTTP': [socket => pour(socket, Buffer.alloc(1000, 7)), /^unexpected: not-http$/],
  };
  for (const [what, [answer, expected]] of Object.entries(FOREVER)) {
    it(`${what}: is given up in time, and its connection is closed`, async () => {
      if (!expected.source.includes('timeout')) {
        // Something else ends it, which a busy machine must not be too slow for.
        await gateway.close();
        gateway = await BrokenGateway.start();
      }
      gateway.server.handler = answer;
      assert.match(await gateway.outcome(), expected);
      await until(() => gateway.server.connections === 0);
    });
  }

  it('a handshake that never comes is given up in time', async () => {
    gateway.server.handler = () => undefined;
    assert.equal(
      await gateway.outcome(gateway.server.origin.replace('http:', 'https:')),
      'transient: timeout',
    );
  });

  it('a handshake in another language is no secure connection', async () => {
    for (const bytes of [
      Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      Buffer.alloc(200, 0x16),
      Buffer.alloc(9),
    ]) {
      gateway.server.handler = socket => socket.end(bytes);
      assert.match(
        await gateway.outcome(gateway.server.origin.replace('http:', 'https:')),
        /^transient: (?:tls|connection-broken)$/,
      );
    }
  });

  it('twenty at once delay no other request', async () => {
    gateway.server.handler = () => undefined;
    const outcomes = Array.from({ length: 20 }, () => gateway.outcome());
    assert.deepEqual(new Set(await Promise.all(outcomes)), new Set(['transient: timeout']));
    await until(() => gateway.server.taken >= 20);
    gateway.server.handler = socket => socket.end(whole);
    const { testWindow } = gateway;
    // What a busy machine must not be too slow for.
    testWindow.settings = { ...testWindow.settings, timeoutMs: 5000 };
    assert.match(await gateway.outcome(), WHOLE);
  });
});

describe('a body that unpacks to a thousand times its size', () => {
  let gateway: BrokenGateway;

  beforeEach(async () => {
    gateway = await BrokenGateway.start();
  });

  afterEach(() => gateway.close());

  const block = Buffer.alloc(64 * MIB, ' ');
  /** What comes of a decompression bomb, and that little of it was unpacked. */
  const outcomeOf = async (encoding: string, bomb: Buffer): Promise<string> => {
    gateway.server.handler = socket =>
      socket.write(
        Buffer.concat([
          Buffer.from(head(`Content-Length: ${bomb.length}`, `Content-Encoding: ${encoding}`)),
          bomb,
        ]),
      );
    const before = process.memoryUsage().arrayBuffers;
    const outcome = await gateway.outcome();
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown < 24 * MIB, `${Math.round(grown / MIB)} MiB were unpacked`);
    return outcome;
  };

  for (const encoding of ['gzip', 'x-gzip']) {
    it(`${encoding}: is cut off at the cap`, async () => {
      assert.equal(await outcomeOf(encoding, gzipSync(block)), 'unexpected: too-large');
    });
  }

  /** Not what is asked for. */
  const UNASKED: Readonly<Record<string, () => Buffer>> = {
    deflate: () => deflateSync(block),
    br: () => brotliCompressSync(block, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
    zstd: () => zstdCompressSync(block),
    'gzip, gzip': () => gzipSync(gzipSync(block)),
  };
  for (const [encoding, make] of Object.entries(UNASKED)) {
    it(`${encoding}: is left as it came`, async () => {
      assert.equal(await outcomeOf(encoding, make()), 'unexpected: not-text');
    });
  }

  it('an encoding nobody knows, or too many of them, is no figure', async () => {
    const body = gzipSync(ORDINARY_BODY);
    for (const encoding of [
      'x-secret',
      'gzip, x-secret',
      Array.from({ length: 50 }, () => 'gzip').join(', '),
    ]) {
      gateway.server.handler = socket =>
        socket.end(
          Buffer.concat([Buffer.from(head(`Content-Encoding: ${encoding}`, 'Connection: close')), body]),
        );
      assert.doesNotMatch(await gateway.outcome(), WHOLE);
    }
  });
});
