import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { unpacked } from './unpack.ts';

/** One request as it is sent. */
export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What comes back, a redirect included; the body is unpacked while it is read, and a `Response` is one as well. */
export interface Incoming {
  readonly status: number;
  /** Asked by names in lower case. */
  readonly headers: Pick<Headers, 'get' | 'has'>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

export type Send = (url: URL, outgoing: Outgoing) => Promise<Incoming>;

/**
 * Sends a request VS Code's way. VS Code brings its proxy, its certificates and the proxy's login into both modules
 * by replacing their `request` while the extension host starts, so it is looked up for each request. `fetch` has
 * them too, but whatever it makes for a request outlives every minor garbage collection: its finalizers hold it.
 */
export const sendByDefault: Send = (url, { method, headers, body, signal }) => {
  const { request } = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  return new Promise((resolve, reject) => {
    request(url, { method, headers: { 'accept-encoding': 'gzip', ...headers }, signal })
      .on('error', reject)
      .on('response', response => resolve(incoming(response)))
      .end(body);
  });
};

function incoming(response: IncomingMessage): Incoming {
  const { statusCode = 0, headers } = response;
  return {
    status: statusCode,
    headers: {
      get: name => headers[name]?.toString() ?? null,
      has: name => headers[name] !== undefined,
    },
    body: isPacked(headers) ? unpacked(response) : response,
  };
}

/** A body that is packed in another way than was asked for stays as it came, and is no text then. */
function isPacked(headers: IncomingHttpHeaders): boolean {
  return /^(?:x-)?gzip$/i.test(headers['content-encoding'] ?? '');
}
