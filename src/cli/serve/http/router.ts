import type { IncomingMessage } from 'node:http';
import { type Answer, PLAIN, refusal } from './answer.ts';
import { bearerToken, holderOf, type TokenHolder } from './tokens.ts';

/** The answers, and who may ask for them. */
export interface RouterParts<Reader, Scraper> {
  readonly readers: readonly TokenHolder<Reader>[];
  readonly scrapers: readonly TokenHolder<Scraper>[];
  /** The keys of a reader; `known` is the `If-None-Match` of the request. */
  readonly keysFor: (reader: Reader, known: string | undefined) => Answer;
  readonly metrics: () => Promise<Answer>;
  /** Called for a token that nobody has, or that is of the other kind; never with the token. */
  readonly onRefused: (path: string, why: 'missing' | 'unknown' | 'other-kind') => void;
}

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Answers one request: by its method, its whole path, and its token, in this order. */
export async function route<Reader, Scraper>(
  { method, url = '', headers }: Asked,
  parts: RouterParts<Reader, Scraper>,
): Promise<Answer> {
  if (method !== 'GET') return refusal(405, 'Only GET is answered here.', { allow: 'GET' });
  // Tokens in addresses end up in the logs of proxies and in histories.
  if (/[?#@]/.test(url) || !url.startsWith('/'))
    return refusal(400, 'A path alone is answered here: tokens belong into the header Authorization.');
  switch (url) {
    case '/healthz':
      return { status: 200, type: PLAIN, text: 'ok\n' };
    case '/metrics':
      return withToken(url, headers, parts.scrapers, parts.readers, parts, () => parts.metrics());
    case '/v1/keys':
      return withToken(url, headers, parts.readers, parts.scrapers, parts, reader =>
        parts.keysFor(reader, headers['if-none-match']),
      );
    default:
      return refusal(404, 'There is nothing at this path.');
  }
}

function withToken<Holder, Other>(
  path: string,
  headers: Asked['headers'],
  holders: readonly TokenHolder<Holder>[],
  others: readonly TokenHolder<Other>[],
  { onRefused }: Pick<RouterParts<Holder, Other>, 'onRefused'>,
  answer: (holder: Holder) => Answer | Promise<Answer>,
): Answer | Promise<Answer> {
  const token = bearerToken(headers.authorization);
  const holder = token === undefined ? undefined : holderOf(token, holders);
  if (holder !== undefined) return answer(holder);
  if (token !== undefined && holderOf(token, others) !== undefined) {
    onRefused(path, 'other-kind');
    return refusal(
      403,
      'This token is of the other kind: scrapers have tokens for /metrics, readers for /v1/keys.',
    );
  }
  onRefused(path, token === undefined ? 'missing' : 'unknown');
  return refusal(
    401,
    token === undefined
      ? 'A token is wanted here, in the header Authorization: Bearer …'
      : 'This token is not known here: it may have been replaced.',
    { 'www-authenticate': 'Bearer' },
  );
}
