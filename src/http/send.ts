import type { ClientRequest } from 'node:http';
import type { Readable } from 'node:stream';
import { failed } from '../core/quota/failure.ts';
import { gunzip } from './gunzip.ts';

/** One request as it is sent. */
export interface RawRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Called before the request is sent again; what it throws ends it. */
  readonly beforeExtraCall?: () => void | Promise<void>;
  readonly signal: AbortSignal;
}

/** Asked by names in lower case. */
interface ResponseHeaders {
  get(name: string): string | null;
  has(name: string): boolean;
}

/** What comes back, a redirect included; the body is unpacked while it is read. */
export interface RawResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends one request and comes back with the head of its answer; the body is read by whoever asked.
 *
 * @throws whatever the way throws; `networkError` says what it means.
 */
export type Send = (url: URL, outgoing: RawRequest) => Promise<RawResponse>;

/**
 * Sends a request VS Code's way. VS Code brings its proxy, its certificates and the proxy's login into both modules
 * by replacing their `request` while the extension host starts, so it is looked up for each request. `fetch` has
 * them too, but whatever it makes for a request outlives every minor garbage collection: its finalizers hold it.
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

/** Connections that were kept and closed meanwhile, before one is new for certain. */
const MAX_ATTEMPTS = 3;

interface StartedRequest {
  readonly response: Promise<RawResponse>;
  /**
   * Whether an error means that the server had closed a connection that was kept, as some do after each answer without
   * saying so: nothing was answered, and the question may be put again.
   */
  readonly wasClosedBefore: (error: unknown) => boolean;
}

function startRequest(url: URL, { method, headers, body, signal }: RawRequest): StartedRequest {
  const { request } = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const clientRequest = request(url, {
    method,
    headers: withAcceptEncoding(headers),
    signal,
    ...pathWithoutQuery(url),
  });
  const response = new Promise<RawResponse>((resolve, reject) => {
    clientRequest.on('error', reject);
    clientRequest.on('response', response =>
      resolve(toRawResponse(response.statusCode ?? 0, response.headers, response)),
    );
    // Nobody asked for another protocol, and without a listener of ours Node would close the connection in silence.
    clientRequest.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(failed('unexpected', 'not-http', { status: 101 }));
    });
    // After an answer or an error this does nothing. Without either, nobody else would say that it is over.
    clientRequest.on('close', () => reject(new Error('closed without an answer')));
    endWithQuery(clientRequest, url, body);
  });
  return { response, wasClosedBefore: error => clientRequest.reusedSocket && isReset(error) };
}

function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/**
 * Keeps a query out of VS Code's own log, where it looks up the proxy for `path` and writes that down at the level
 * Debug: CometAPI's key for balance queries stands there. The request begins and goes on without it, and has it only
 * while its first line is written. Through a tunnel nobody needs it again; over plain http, a proxy's agent would
 * write that line anew, so there it stays, and no gateway that is asked in such a way speaks plain http.
 */
function pathWithoutQuery({ protocol, pathname, search }: URL): { readonly path?: string } {
  return protocol === 'https:' && search !== '' ? { path: pathname } : {};
}

function endWithQuery(clientRequest: ClientRequest, url: URL, body: string | undefined): void {
  const { path } = pathWithoutQuery(url);
  if (path !== undefined) clientRequest.path = path + url.search;
  clientRequest.end(body);
  if (path !== undefined) clientRequest.path = path;
}

/** What is asked of every gateway: a long log is a tenth as large then. */
export function withAcceptEncoding(headers: RawRequest['headers']): Record<string, string> {
  return { 'accept-encoding': 'gzip', ...headers };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** An answer as both ways have it: names in lower case, and several values of one name in a list. */
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

/** A body that is packed in another way than was asked for stays as it came, and is no text then. */
function isGzip(headers: Headers): boolean {
  return /^(?:x-)?gzip$/i.test(headers['content-encoding']?.toString() ?? '');
}
