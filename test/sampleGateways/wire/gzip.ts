import { gzipSync } from 'node:zlib';
import type { Reply } from './reply.ts';

/** What gin's gzip middleware sends when a handler wrote no body: a gzip stream that holds nothing. */
const EMPTY_GZIP = Buffer.from('1f8b08000000000000ff010000ffff0000000000000000', 'hex');

/** Compresses a reply the way gin-contrib/gzip 0.0.6 does, for a client that asked for it. */
export function gzipped(reply: Reply): Reply {
  const body = reply.body === undefined ? Buffer.alloc(0) : Buffer.from(reply.body);
  return {
    ...reply,
    headers: { ...reply.headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
    body: body.length === 0 ? EMPTY_GZIP : gzipSync(body),
  };
}

/** Whether a request asks for gzip, by the same plain search that the middleware uses. */
export function asksForGzip(acceptEncoding: string | undefined): boolean {
  return acceptEncoding?.includes('gzip') ?? false;
}
