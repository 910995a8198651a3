import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { BrokenGateway, head, ORDINARY_BODY } from '../support/brokenGateway.ts';
import { closeAfter, type RawHandler, resetAfter } from '../support/rawServer.ts';

const WHOLE = '{"spent":2.5,"limit":10,"resetsAt":"2027-02-15T10:00:00.000Z","every":"30d"}';
const length = (body: Buffer | string) => `Content-Length: ${Buffer.byteLength(body)}`;
const answer = (start: string, body: Buffer | string) =>
  Buffer.concat([Buffer.from(start), Buffer.from(body)]);

const gzip = gzipSync(ORDINARY_BODY);
const chunks = ORDINARY_BODY.match(/[\s\S]{1,50}/g) ?? [];
const chunked = `${chunks.map(chunk => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`;

/** The same answer in every framing that HTTP knows. */
const ANSWERS: Readonly<Record<string, Buffer>> = {
  'with its length': answer(head(length(ORDINARY_BODY)), ORDINARY_BODY),
  'without its length': answer(head('Connection: close'), ORDINARY_BODY),
  'in chunks': answer(head('Transfer-Encoding: chunked'), chunked),
  compressed: answer(head(length(gzip), 'Content-Encoding: gzip'), gzip),
  'compressed, without its length': answer(head('Content-Encoding: gzip', 'Connection: close'), gzip),
};

/** What may come of an answer that is not whole. Never figures. */
const BROKEN = /^(?:transient: connection-broken|unexpected: (?:not-json|not-text|empty|missing-figures))$/;

describe('an answer that is cut off at every byte', function () {
  this.timeout(120_000);
  let gateway: BrokenGateway;

  beforeEach(async () => {
    gateway = await BrokenGateway.start();
  });

  afterEach(async () => {
    await gateway.close();
    assert.ok(
      !gateway.testWindow.logLines.join('\n').includes('A fault of ours'),
      gateway.testWindow.logLines.join('\n'),
    );
  });

  const ENDS: Readonly<Record<string, (bytes: Buffer) => RawHandler>> = {
    'by a reset': resetAfter,
    'in good order': closeAfter,
  };
  for (const [how, end] of Object.entries(ENDS)) {
    for (const [framing, bytes] of Object.entries(ANSWERS)) {
      it(`${framing}, ${how}: is a failure each time, and never a figure`, async () => {
        for (let count = 0; count < bytes.length; count++) {
          gateway.server.handler = end(bytes.subarray(0, count));
          const outcome = await gateway.outcome();
          // A body that ends by closing is whole once its last sign is there.
          if (outcome === WHOLE) assert.ok(isWhole(framing, bytes, count), `figures after ${count} bytes`);
          else assert.match(outcome, BROKEN, `after ${count} bytes`);
        }
        gateway.server.handler = closeAfter(bytes);
        assert.equal(await gateway.outcome(), WHOLE);
        assert.equal(gateway.server.requests, bytes.length + 1);
      });
    }
  }

  /** Checksums and the last empty chunk say nothing about the text; all of it has arrived before them. */
  function isWhole(framing: string, bytes: Buffer, count: number): boolean {
    return /compressed|chunks/.test(framing) && count > bytes.length - 14;
  }
});
