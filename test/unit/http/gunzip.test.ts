import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { gzipSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { gunzip } from '../../../src/http/gunzip.ts';

/** A body that comes in pieces of this size. */
async function* inPieces(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** Much that packs to little, and is more than is unpacked at once. */
const TEXT = Array.from({ length: 20_000 }, (_, index) => `row ${index}`).join('\n');
const PACKED = gzipSync(TEXT);

describe('unpacking', () => {
  it('brings the text back, however its bytes come', async () => {
    for (const size of [1000, 8192, PACKED.length]) {
      assert.equal(await textOf(gunzip(inPieces(PACKED, size))), TEXT);
    }
    const short = gzipSync('{"code":true}');
    assert.equal(await textOf(gunzip(inPieces(short, 1))), '{"code":true}');
    assert.equal(await textOf(gunzip(inPieces(gzipSync('')))), '');
    assert.equal(await textOf(gunzip(inPieces(Buffer.alloc(0)))), '');
  });

  it('brings the text of members that follow one another', async () => {
    const members = Buffer.concat([gzipSync('one, '), gzipSync('two, '), gzipSync('three')]);
    for (const size of [1, 25, members.length]) {
      assert.equal(await textOf(gunzip(inPieces(members, size))), 'one, two, three');
    }
  });

  it('keeps bodies apart that come together, more than are kept in waiting', async () => {
    const texts = Array.from({ length: 12 }, (_, index) => TEXT.replaceAll('row', `line of ${index}`));
    const together = () => Promise.all(texts.map(text => textOf(gunzip(inPieces(gzipSync(text), 500)))));
    assert.deepEqual(await together(), texts);
    assert.deepEqual(await together(), texts);
  });

  it('leaves nothing of a body that breaks off to the next one', async () => {
    for (const length of [1, 5, 9, 10, 100, PACKED.length - 9, PACKED.length - 1]) {
      const text = await textOf(gunzip(inPieces(PACKED.subarray(0, length))));
      assert.ok(TEXT.startsWith(text));
      assert.equal(await textOf(gunzip(inPieces(PACKED))), TEXT);
    }
  });

  it('leaves nothing of a body that nobody reads to its end to the next one', async () => {
    for await (const part of gunzip(inPieces(PACKED))) {
      assert.ok(part.length > 0);
      break;
    }
    assert.equal(await textOf(gunzip(inPieces(PACKED))), TEXT);
  });

  it('fails on what is no gzip, and works again after that', async () => {
    const spoilt = Buffer.from(PACKED);
    spoilt.fill(0xff, 200, 300);
    for (const bytes of [Buffer.from('{"code":true}'), spoilt]) {
      await assert.rejects(textOf(gunzip(inPieces(bytes, 1000))), { code: 'Z_DATA_ERROR' });
      assert.equal(await textOf(gunzip(inPieces(PACKED))), TEXT);
    }
  });

  it('passes over what comes after the end', async () => {
    const more = Buffer.concat([gzipSync('all there is'), Buffer.alloc(100)]);
    for (const size of [1, 50, more.length]) {
      assert.equal(await textOf(gunzip(inPieces(more, size))), 'all there is');
    }
    assert.equal(await textOf(gunzip(inPieces(PACKED))), TEXT);
  });

  it('tells of a body that fails', async () => {
    const body = async function* () {
      yield PACKED.subarray(0, 100);
      throw new Error('the connection broke');
    };
    await assert.rejects(textOf(gunzip(body())), /the connection broke/);
    assert.equal(await textOf(gunzip(inPieces(PACKED))), TEXT);
  });

  it('makes nothing new for a body that comes after another one, and keeps four in waiting', async () => {
    const packed = gzipSync('short');
    const together = (count: number) =>
      Promise.all(Array.from({ length: count }, () => textOf(gunzip(inPieces(packed)))));
    await together(10);
    let made = 0;
    const hook = createHook({ init: (_id, type) => (made += type === 'ZLIB' ? 1 : 0) }).enable();
    try {
      for (let body = 0; body < 5; body++) assert.equal(await textOf(gunzip(inPieces(packed))), 'short');
      assert.equal(made, 0);
      await together(6);
      assert.equal(made, 6 - 4);
    } finally {
      hook.disable();
    }
  });

  it('of a body in many pieces adds no listener for each', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    try {
      assert.equal(await textOf(gunzip(inPieces(gzipSync(TEXT), 100))), TEXT);
      await new Promise(setImmediate);
      assert.deepEqual(warnings, []);
    } finally {
      process.off('warning', onWarning);
    }
  });
});
