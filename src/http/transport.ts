import { failed } from '../core/quota/failure.ts';
import { readBody } from './body.ts';
import { networkError } from './networkError.ts';
import { nextRedirect } from './redirect.ts';
import type { RawRequest, RawResponse, RequestMethod, Send } from './send.ts';

/** One request to an address. */
export interface TransportRequest {
  readonly url: URL;
  readonly method?: RequestMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Called before a redirect is followed or the request is sent again; an error from it ends the request. */
  readonly beforeExtraCall?: () => void | Promise<void>;
  /** Aborts the request when the caller no longer needs the answer. */
  readonly signal?: AbortSignal;
  /** A larger answer than usual is expected: in place of `TransportLimits.maxBytes`. */
  readonly maxBytes?: number;
  /** Whether the whole path is a secret, and not only the query. */
  readonly hidePath?: boolean;
}

/** A whole answer, whatever its status. */
export interface GatewayResponse {
  readonly status: number;
  readonly headers: RawResponse['headers'];
  /** The decoded body; undefined when it is not UTF-8 text. */
  readonly text: string | undefined;
}

/**
 * Sends one request and reads its answer to the end.
 *
 * @throws GatewayError where no complete answer arrived, and for a redirect that is not followed; an `AbortError` where
 * `signal` aborted it. Neither ever holds a header, a query or a body.
 */
export type Transport = (request: TransportRequest) => Promise<GatewayResponse>;

/** How long an exchange may take, and how much may be read. */
export interface TransportLimits {
  /** Milliseconds for the whole exchange, redirects and body included. */
  readonly timeoutMs: number;
  /** The largest body to read, unpacked; a larger one is the failure `too-large`. */
  readonly maxBytes: number;
}

/** The largest body that is read where a request names no other size. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;
const MAX_REDIRECTS = 2;

/** How to send to an address, looked up for each request. An error from it ends the request before anything is sent. */
export type SendFor = (url: URL) => Send | Promise<Send>;

/**
 * A transport over a `send` that is looked up for each request. The timeout holds whatever `send` does: it is aborted
 * by a signal but not waited for, because a connection that gives no event at all (end, error or close) would be waited
 * for without end.
 */
export function createTransport(sendFor: SendFor, limits: () => TransportLimits): Transport {
  return async request => {
    request.signal?.throwIfAborted();
    const { timeoutMs, maxBytes } = limits();
    // `AbortSignal.timeout` would keep its timer until it is over, long after the answer.
    const controller = new AbortController();
    const { signal } = controller;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      controller.abort();
    }, timeoutMs);
    // No `AbortSignal.any`: the caller's signal lasts for ever, and only garbage collection would detach the new one
    // from it.
    const abort = () => controller.abort(request.signal?.reason);
    request.signal?.addEventListener('abort', abort);
    try {
      return await Promise.race([exchange(sendFor, { ...request, signal }, maxBytes), whenAborted(signal)]);
    } catch (error) {
      // Closes the connection, even if the answer was not read to its end.
      controller.abort();
      request.signal?.throwIfAborted();
      throw networkError(error, timedOut);
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', abort);
    }
  };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

async function exchange(
  sendFor: SendFor,
  request: TransportRequest & Pick<RawRequest, 'signal'>,
  maxBytes: number,
): Promise<GatewayResponse> {
  const outgoing: RawRequest = {
    method: request.method ?? 'GET',
    headers: { accept: 'application/json', 'user-agent': 'key-quota', ...request.headers },
    body: request.body,
    signal: request.signal,
    beforeExtraCall: request.beforeExtraCall,
    hidePath: request.hidePath,
  };
  const send = await sendFor(request.url);
  let url = request.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const { status, headers, body } = await send(url, outgoing);
    // An informational status is no answer, and after 101 the connection speaks another protocol, which nobody asked
    // for.
    if (status < 200) throw failed('unexpected', 'not-http', { status });
    const redirectUrl = nextRedirect(url, { status, headers });
    // The body of a redirect is read too, so that the connection can be used again.
    const text = await readBody({ status, body }, request.maxBytes ?? maxBytes);
    if (!redirectUrl) return { status, headers, text };
    await request.beforeExtraCall?.();
    url = redirectUrl;
  }
  throw failed('unexpected', 'redirect-loop');
}
