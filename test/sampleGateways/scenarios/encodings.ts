import { gzipSync } from 'node:zlib';
import type { Reply } from '../wire/reply.ts';
import { ORDINARY_BODY, ordinary } from './faults.ts';
import type { ScenarioTable } from './scenario.ts';

const BOM = '\uFEFF';
const accented = ORDINARY_BODY.replace('production', 'clé');

const encoded = (body: Buffer, headers: Record<string, string>): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  body,
  bare: true,
});

// Gzip members may follow one another, so one small block a thousand times unpacks to a gigabyte.
function bomb(mebibytes: number): Buffer {
  const block = gzipSync(Buffer.alloc(1024 * 1024, ' '));
  return Buffer.concat(Array.from({ length: mebibytes }, () => block));
}

/** Bodies in other encodings, compressions and character sets than they should be. */
export const encodings: ScenarioTable = {
  BOM: { reply: { ...ordinary(), body: BOM + ORDINARY_BODY } },
  'double-BOM': { reply: { ...ordinary(), body: BOM + BOM + ORDINARY_BODY } },
  'non-utf8': {
    reply: { ...ordinary(), body: Buffer.from(accented.replace('clé', 'cl\u00ff\u00fe'), 'latin1') },
  },
  latin1: {
    reply: encoded(Buffer.from(accented, 'latin1'), {
      'Content-Type': 'application/json; charset=iso-8859-1',
    }),
  },
  utf16: {
    reply: encoded(Buffer.from(BOM + accented, 'utf16le'), {
      'Content-Type': 'application/json; charset=utf-16',
    }),
  },
  'gzip-unasked': { reply: encoded(gzipSync(ORDINARY_BODY), { 'Content-Encoding': 'gzip' }) },
  'gzip-truncated': {
    reply: encoded(gzipSync(ORDINARY_BODY).subarray(0, 60), { 'Content-Encoding': 'gzip' }),
  },
  'gzip-not-gzip': { reply: encoded(Buffer.from(ORDINARY_BODY), { 'Content-Encoding': 'gzip' }) },
  'gzip-bomb': { reply: encoded(bomb(1024), { 'Content-Encoding': 'gzip' }) },
  'encoding-unknown': { reply: encoded(Buffer.from(ORDINARY_BODY), { 'Content-Encoding': 'x-secret' }) },
};
