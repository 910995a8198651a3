import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** What is answered to a request: never a part of the request itself. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const PLAIN = 'text/plain; charset=utf-8';

/** A refusal, with a sentence that says what to do. */
export function refusal(status: number, sentence: string, headers: Answer['headers'] = {}): Answer {
  return { status, type: PLAIN, text: `${sentence}\n`, headers };
}

const compressed = promisify(gzip);
/** Below this, compressing saves nothing. */
const LEAST_TO_COMPRESS = 1000;
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
  const isCompressed = takesGzip && text !== undefined && text.length >= LEAST_TO_COMPRESS;
  const body = isCompressed ? await compressed(text, LEVEL) : Buffer.from(text ?? '', 'utf8');
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // On a 304 as well, which stands for the answer that the client has.
    vary: 'accept-encoding',
    ...headers,
    ...(text !== undefined && { 'content-type': type, 'content-length': body.length }),
    ...(isCompressed && { 'content-encoding': 'gzip' }),
  });
  response.end(body);
}

/** Whether a client takes gzip: named, or else by `*`, and not with the weight 0. */
export function acceptsGzip(header: string | undefined): boolean {
  const entries = (header ?? '').split(',').map(entry => entry.trim());
  const entry =
    entries.find(each => /^gzip\s*(?:;|$)/i.test(each)) ?? entries.find(each => each.startsWith('*'));
  return /^(?:gzip|\*)\s*(?:;\s*q=(?:1(?:\.0*)?|0?\.\d*[1-9]\d*))?$/i.test(entry ?? '');
}
