import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { isPrivateHost } from '../../src/core/input/privateHost.ts';
import { GatewayError } from '../../src/core/quota/failure.ts';
import { readBody } from '../../src/http/body.ts';
import { type Target, target } from './target.ts';
import { longTexts } from './texts.ts';

const MOST_BYTES = 2000;

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  longTexts.map(text => new TextEncoder().encode(text)),
  longTexts.map(text => new TextEncoder().encode(`\uFEFF${text}`)),
);

/** What comes over the wire before anyone knows what it means. */
export const bodyParsers: readonly Target[] = [
  target(
    'bodies',
    'parser',
    bodies,
    async bytes => {
      try {
        return await readBody({ status: 200, body: Readable.from([Buffer.from(bytes)]) }, MOST_BYTES);
      } catch (error) {
        if (error instanceof GatewayError) return error.failure.reason;
        throw error;
      }
    },
    (text, bytes) => {
      if (bytes.length > MOST_BYTES) return text === 'too-large' ? undefined : 'too much was read';
      if (text === undefined) return undefined;
      const bare = Buffer.from(
        bytes.subarray(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0),
      );
      return Buffer.from(text).equals(bare) ? undefined : 'another text';
    },
  ),
  target('hosts', 'parser', fc.oneof(longTexts, fc.ipV4(), fc.ipV6(), fc.domain()), isPrivateHost),
];
