import { failed } from '../core/quota/failure.ts';
import { readBody } from './body.ts';
import { networkError } from './networkError.ts';
import { nextRedirect } from './redirect.ts';
import type { RawRequest, RawResponse, Send } from './send.ts';

export interface TransportRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Called before a redirect is followed or the request is sent again; what it throws ends the request. */
  readonly beforeExtraCall?: () => void | Promise<void>;
  /** Ends the request when the caller no longer wants the answer. */
  readonly signal?: AbortSignal;
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
 * @throws GatewayError where no whole answer arrived, and for a redirect that is not followed; an `AbortError` where
 * `signal` ended it. Neither ever holds a header, a query or a body.
 */
export type Transport = (request: TransportRequest) => Promise<GatewayResponse>;

export interface TransportLimits {
  /** Milliseconds for the whole exchange, redirects and body included. */
  readonly timeoutMs: number;
  /** Bytes that are read of a body at most, unpacked; more is the failure `too-large`. */
  readonly maxBytes: number;
}

export const MAX_BODY_BYTES = 2 * 1024 * 1024;
const MAX_REDIRECTS = 2;

/** The way for an address, looked up for each request. What it throws ends the request before anything is sent. */
export type SendFor = (url: URL) => Send | Promise<Send>;

/**
 * A transport over a way that is looked up for each request. Its timeout holds whatever the way does: each is told
 * to stop by a signal, but none is waited for, since what a client leaves out (an end, an error, a close) it cannot
 * be asked for.
 */
export function createTransport(sendFor: SendFor, limits: () => TransportLimits): Transport {
  return async request => {
    request.signal?.throwIfAborted();
    const { timeoutMs, maxBytes } = limits();
    // A signal with a timeout of its own would be there until it is over, long after the answer.
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, controller.signal]) : controller.signal;
    try {
      return await Promise.race([exchange(sendFor, { ...request, signal }, maxBytes), whenAborted(signal)]);
    } catch (error) {
      const timedOut = controller.signal.aborted;
      // Closes the connection, whatever of the answer has not been read.
      controller.abort();
      if (!timedOut) request.signal?.throwIfAborted();
      throw networkError(error, timedOut);
    } finally {
      clearTimeout(timer);
    }
  };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
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
  };
  const send = await sendFor(request.url);
  let url = request.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const { status, headers, body } = await send(url, outgoing);
    // No answer is one below, and after 101 the connection speaks another protocol, which nobody asked for.
    if (status < 200) throw failed('unexpected', 'not-http', { status });
    const redirectUrl = nextRedirect(url, { status, headers });
    // The body of a redirect is read too, for the connection to be of use again.
    const text = await readBody({ status, body }, maxBytes);
    if (!redirectUrl) return { status, headers, text };
    await request.beforeExtraCall?.();
    url = redirectUrl;
  }
  throw failed('unexpected', 'redirect-loop');
}
