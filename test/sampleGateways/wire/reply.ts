import { goJson } from './goJson.ts';

/** How the bytes of a reply travel. Byte counts are of the body. */
export type Delivery =
  /** The connection is reset before anything is sent. */
  | { how: 'reset' }
  /** The head and `bytes` of the body arrive, then the connection is reset. */
  | { how: 'resetAfter'; bytes: number }
  /** The head announces the whole body, but the connection is closed in good order after `bytes`. */
  | { how: 'cut'; bytes: number }
  /** Nothing is sent until the test calls `release()` or the client leaves. */
  | { how: 'holdHeaders' }
  /** The head and `bytes` of the body are sent, the rest after `release()`. */
  | { how: 'holdBody'; bytes: number }
  /** The body in pieces of so many bytes, one every `everyMs`. */
  | { how: 'drip'; bytes: number; everyMs: number }
  /** The body again and again, for as long as the client reads. */
  | { how: 'endless' };

/** What a gateway answers, as data. */
export interface Reply {
  status: number;
  /** `{origin}`, `{https}`, `{elsewhere}` and `{path}` in `Location` are filled in when it is sent. */
  headers?: Record<string, string>;
  body?: string | Buffer;
  delivery?: Delivery;
  /** The length is not told, nor is it compressed: a stream of events. */
  stream?: boolean;
  /** Sent as it is: the software behind the edge never saw the call, so its headers and gzip are missing. */
  bare?: boolean;
}

/** A reply as gin writes it. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: goJson(value),
  };
}

/** A reply as software writes it that is not in Go: members as they stand, nothing escaped. */
export function plainJson(status: number, value: unknown): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/** A web page, whatever was asked for. */
export function page(status: number, html: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body: html };
}

/** A reply without a body. */
export function empty(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: '' };
}

/** Gin's answer to the other slash form of a route: path-relative, query kept, before any middleware. */
export function slashRedirect(target: string): Reply {
  const escaped = target.replace(/&/g, '&amp;').replace(/"/g, '&#34;');
  return {
    status: 301,
    headers: { 'Content-Type': 'text/html; charset=utf-8', Location: target },
    body: `<a href="${escaped}">Moved Permanently</a>.\n\n`,
    bare: true,
  };
}
