import { failed } from '../quota/failure.ts';
import { readBody } from './body.ts';
import { networkError } from './networkError.ts';
import { nextStop } from './redirect.ts';

export interface Request {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request when the caller no longer wants the answer. */
  readonly signal?: AbortSignal;
}

/** A whole answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The decoded body; undefined when it is not UTF-8 text. */
  readonly text: string | undefined;
}

/** Sends one request. Throws a `GatewayError` when no whole answer arrived, and for refused redirects. */
export type Transport = (request: Request) => Promise<Answer>;

export interface TransportLimits {
  /** For the whole exchange, redirects and body included. */
  readonly timeoutMs: number;
  /** What is read of a body at most. */
  readonly maxBytes: number;
}

export const MAX_BODY_BYTES = 2 * 1024 * 1024;
const MAX_HOPS = 2;

/** The `fetch` to use for an address, looked up for each request. */
export type FetchFor = (url: URL) => typeof fetch | Promise<typeof fetch>;

/**
 * A transport over a `fetch` that is looked up for each request, because VS Code replaces the global one
 * while the extension host starts. Timeouts are signals: VS Code drops a dispatcher's own.
 */
export function createTransport(fetchFor: FetchFor, limits: () => TransportLimits): Transport {
  return async request => {
    const { timeoutMs, maxBytes } = limits();
    // A signal with a timeout of its own would be there until it is over, long after the answer.
    const timeout = new AbortController();
    const alarm = setTimeout(() => timeout.abort(), timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout.signal]) : timeout.signal;
    try {
      return await exchange(await fetchFor(request.url), { ...request, signal }, maxBytes);
    } catch (error) {
      throw networkError(error, timeout.signal.aborted);
    } finally {
      clearTimeout(alarm);
    }
  };
}

async function exchange(fetchOnce: typeof fetch, request: Request, maxBytes: number): Promise<Answer> {
  let url = request.url;
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const response = await fetchOnce(url, {
      method: request.method ?? 'GET',
      headers: { accept: 'application/json', ...request.headers },
      body: request.body,
      signal: request.signal,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
    const stop = nextStop(url, response);
    if (!stop) {
      const text = await readBody(response, maxBytes);
      return { status: response.status, headers: response.headers, text };
    }
    await response.body?.cancel();
    url = stop;
  }
  throw failed('unexpected', 'redirect-loop');
}
