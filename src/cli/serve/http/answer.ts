import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

/** What is answered to a request: never a part of the request itself. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  /** In parts where it is long, so that it is not in memory as a whole, and once more as what is sent. */
  readonly text?: string | readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export const PLAIN = 'text/plain; charset=utf-8';

/** A refusal, with a sentence that says what to do. */
export function refusal(status: number, sentence: string, headers: Answer['headers'] = {}): Answer {
  return { status, type: PLAIN, text: `${sentence}\n`, headers };
}

/** Below this number of bytes, compressing saves nothing. */
const LEAST_TO_COMPRESS = 1000;
/** Characters that are compressed at a time. */
const PIECE = 100_000;
/** A quarter of the time of the usual one, for answers that are a tenth longer. */
const LEVEL = { level: 1 };

/**
 * Sends an answer, compressed where the client takes that. Headers forbid caching, and that a browser guesses another
 * type.
 */
export async function sendAnswer(
  response: ServerResponse,
  { status, type = PLAIN, text, headers }: Answer,
  takesGzip: boolean,
): Promise<void> {
  const parts = typeof text === 'string' ? [text] : (text ?? []);
  const length = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  const isCompressed = takesGzip && length >= LEAST_TO_COMPRESS;
  const sent = isCompressed ? await compressed(parts) : undefined;
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // On a 304 as well, which stands for the answer that the client has.
    vary: 'accept-encoding',
    ...headers,
    ...(text !== undefined && { 'content-type': type, 'content-length': sent?.length ?? length }),
    ...(isCompressed && { 'content-encoding': 'gzip' }),
  });
  if (!sent) for (const piece of pieces(parts)) response.write(piece);
  response.end(sent);
}

/** What parts are when they are compressed, which is a fraction of them. */
async function compressed(parts: readonly string[]): Promise<Buffer> {
  return Buffer.concat(await Readable.from(pieces(parts)).pipe(createGzip(LEVEL)).toArray());
}

/** Parts as pieces of about the same length, of which one at a time is in memory. */
function* pieces(parts: readonly string[]): Generator<Buffer> {
  let waiting: string[] = [];
  let length = 0;
  for (const part of parts) {
    waiting.push(part);
    length += part.length;
    if (length < PIECE) continue;
    yield Buffer.from(waiting.join(''));
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(waiting.join(''));
}

/** Whether a client takes gzip: named, or else by `*`, and not with the weight 0. */
export function acceptsGzip(header: string | undefined): boolean {
  const entries = (header ?? '').split(',').map(entry => entry.trim());
  const entry =
    entries.find(each => /^gzip\s*(?:;|$)/i.test(each)) ?? entries.find(each => each.startsWith('*'));
  return /^(?:gzip|\*)\s*(?:;\s*q=(?:1(?:\.0*)?|0?\.\d*[1-9]\d*))?$/i.test(entry ?? '');
}
