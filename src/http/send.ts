import type { ClientRequest } from 'node:http';
import type { Readable } from 'node:stream';
import { failed } from '../core/quota/failure.ts';
import { gunzip } from './gunzip.ts';

/** The methods that gateways are asked with. */
export type RequestMethod = 'GET' | 'POST';

/** One request as it is sent. */
export interface RawRequest {
  readonly method: RequestMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Called before the request is sent again; an error from it ends the request. */
  readonly beforeExtraCall?: () => void | Promise<void>;
  readonly signal: AbortSignal;
  /** Whether the whole path is a secret, and not only the query. */
  readonly hidePath?: boolean;
}

/** The names are in lower case. */
interface ResponseHeaders {
  get(name: string): string | null;
  has(name: string): boolean;
}

/** An answer, which may be a redirect; the body is unpacked while it is read. */
export interface RawResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request and resolves with the head of its answer; the caller reads the body.
 *
 * @throws the error of the connection; `networkError` says what it means.
 */
export type Send = (url: URL, outgoing: RawRequest) => Promise<RawResponse>;

/**
 * Sends a request by VS Code's own network. VS Code brings its proxy, its certificates and the proxy's login into both
 * modules by replacing their `request` while the extension host starts, so it is looked up for each request. `fetch`
 * has them too, but the objects of each request outlive every minor garbage collection, because finalizers hold them.
 */
export const sendByDefault: Send = async (url, outgoing) => {
  for (let attempt = 1; ; attempt++) {
    const sent = startRequest(url, outgoing);
    try {
      return await sent.response;
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || outgoing.method !== 'GET' || !sent.wasClosedBefore(error)) throw error;
      await outgoing.beforeExtraCall?.();
    }
  }
};

/**
 * An idle connection may have been closed by the server, so a request is tried on as many before a new one is certain.
 */
const MAX_ATTEMPTS = 3;

interface StartedRequest {
  readonly response: Promise<RawResponse>;
  /**
   * Whether an error means that the server had closed an idle connection, as some do after each answer without
   * announcing it: the request was not answered, and may be sent again.
   */
  readonly wasClosedBefore: (error: unknown) => boolean;
}

function startRequest(url: URL, { method, headers, body, signal, hidePath }: RawRequest): StartedRequest {
  const { request } = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const shownPath = pathForProxyLookup(url, hidePath);
  const clientRequest = request(url, {
    method,
    headers: withAcceptEncoding(headers),
    signal,
    ...(shownPath !== undefined && { path: shownPath }),
  });
  const response = new Promise<RawResponse>((resolve, reject) => {
    clientRequest.on('error', reject);
    clientRequest.on('response', response =>
      resolve(toRawResponse(response.statusCode ?? 0, response.headers, response)),
    );
    // No other protocol was requested, and without this listener Node would close the connection without an error.
    clientRequest.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(failed('unexpected', 'not-http', { status: 101 }));
    });
    // After an answer or an error this has no effect. Without either, no other event would end the promise.
    clientRequest.on('close', () => reject(new Error('closed without an answer')));
    endWithWholePath(clientRequest, url, body, shownPath);
  });
  return { response, wasClosedBefore: error => clientRequest.reusedSocket && isReset(error) };
}

function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/**
 * What VS Code may see in place of the whole path, since it looks up the proxy for `path` and writes that into its own log at
 * the level Debug: CometAPI's key for balance queries is in the query, and a webhook's secret may be in the path. The request
 * has the whole path only while its first line is written. A tunnel does not need it; over plain http a proxy's agent writes
 * that line again, so there it stays, and nothing that is asked in this way speaks plain http.
 */
function pathForProxyLookup({ protocol, pathname }: URL, hidePath: boolean | undefined): string | undefined {
  if (protocol !== 'https:') return undefined;
  return hidePath ? '/' : pathname;
}

function endWithWholePath(
  clientRequest: ClientRequest,
  { pathname, search }: URL,
  body: RawRequest['body'],
  shownPath: string | undefined,
): void {
  if (shownPath !== undefined) clientRequest.path = pathname + search;
  clientRequest.end(body);
  if (shownPath !== undefined) clientRequest.path = shownPath;
}

/** Adds the header that asks for gzip, which makes a long log ten times smaller. */
export function withAcceptEncoding(headers: RawRequest['headers']): Record<string, string> {
  return { 'accept-encoding': 'gzip', ...headers };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * An answer in the form that both modules and undici give: names in lower case, and several values of one name as a
 * list.
 */
export function toRawResponse(status: number, headers: Headers, body: Readable): RawResponse {
  return {
    status,
    headers: {
      get: name => headers[name]?.toString() ?? null,
      has: name => headers[name] !== undefined,
    },
    body: isGzip(headers) ? gunzip(body) : body,
  };
}

/**
 * Whether the body is gzip. One that is encoded in another way is passed on unchanged, and turns out not to be text.
 */
function isGzip(headers: Headers): boolean {
  return /^(?:x-)?gzip$/i.test(headers['content-encoding']?.toString() ?? '');
}
