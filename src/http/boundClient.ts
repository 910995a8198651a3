import { mountPathOf, originOf } from '../core/input/baseUrl.ts';
import { isBelow } from '../core/input/isBelow.ts';
import { isMembers } from '../core/ownJson.ts';
import type { BoundSecret } from '../core/ports/secrets.ts';
import { HEADERS_FOR_SECRETS, QUERY_NAMES_FOR_SECRETS, type SecretPlacement } from './secretPlaces.ts';
import type { GatewayResponse, Transport } from './transport.ts';

/** How much room a call needs to be sent. */
export type CallRoom = Pick<GatewayRequest, 'atMost' | 'sparing'>;

/** One request of a gateway implementation. */
export interface GatewayRequest {
  /** Path on the bound base URL, beginning with a slash. */
  readonly path: string;
  readonly secretIn: SecretPlacement;
  /** Which of the gateway's limiters this call counts against. */
  readonly limiter: string;
  /** Sent only while fewer calls than this count in the limiter's window; never to finish what has begun. */
  readonly atMost?: number;
  /** Sent only while half of what is ours is left. */
  readonly sparing?: boolean;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The response is a few hundred bytes, so no compression is requested. */
  readonly short?: boolean;
  /** See `TransportRequest.maxBytes`. */
  readonly maxBytes?: number;
  /** Sent as JSON by POST. */
  readonly body?: unknown;
  /** Whether a 429 asks for a pause, where a gateway also says by it that a key has nothing left. */
  readonly asksForPause?: (answer: GatewayResponse) => boolean;
}

/** Sends one request. @throws GatewayError when there is no whole response. */
export type SendRequest = (question: GatewayRequest) => Promise<GatewayResponse>;

/** Reserves a call in the request budget before it is sent. @throws GatewayError when there is no room for it. */
export type ReserveCall = (limiter: string, room?: CallRoom) => void | Promise<void>;

/**
 * Binds a secret to its base URL: gateways name paths, never hosts, and never see the secret. A path that would lead to
 * another base URL is refused before a request exists.
 *
 * @param signal Aborts all requests.
 * @throws Error (by the returned function) for a path that leads to another base URL, and a secret in no such place, before a
 * call is reserved.
 */
export function bindClient(
  transport: Transport,
  bound: BoundSecret,
  reserve: ReserveCall,
  signal?: AbortSignal,
): SendRequest {
  return async request => {
    const url = requestUrl(bound, request);
    const headers: Record<string, string> = { ...request.headers, ...secretHeader(bound, request.secretIn) };
    const content = bodyOf(bound, request);
    const { limiter, atMost, sparing, maxBytes } = request;
    const reserveCall = () => reserve(limiter, { atMost, sparing });
    await reserveCall();
    if (request.short) headers['accept-encoding'] = 'identity';
    const common = { url, headers, signal, beforeExtraCall: reserveCall, maxBytes };
    if (content === undefined) return transport(common);
    headers['content-type'] = 'application/json';
    return transport({ ...common, method: 'POST', body: JSON.stringify(content) });
  };
}

function requestUrl(bound: BoundSecret, { path, query, secretIn }: GatewayRequest): URL {
  const { baseUrl } = bound;
  const url = new URL(mountPathOf(baseUrl) + path, baseUrl);
  const isNormalized = baseUrl === originOf(baseUrl) + mountPathOf(baseUrl);
  if (!isNormalized || !isBelow(url, baseUrl)) throw new Error('A secret never leaves its base URL.');
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const name = queryNameOf(secretIn);
  if (name !== undefined) url.searchParams.set(name, bound.secret);
  return url;
}

function queryNameOf(secretIn: SecretPlacement): string | undefined {
  if (secretIn === 'query') return 'key';
  if (typeof secretIn === 'string' || !('query' in secretIn)) return undefined;
  if (!QUERY_NAMES_FOR_SECRETS.includes(secretIn.query)) throw new Error('No name for a secret.');
  return secretIn.query;
}

function secretHeader({ secret }: BoundSecret, secretIn: SecretPlacement): Record<string, string> {
  if (secretIn === 'bearer') return { authorization: `Bearer ${secret}` };
  if (secretIn === 'raw') return { authorization: secret };
  if (secretIn === 'login') return loginHeader(secret);
  if (typeof secretIn === 'string' || !('header' in secretIn)) return {};
  if (!HEADERS_FOR_SECRETS.includes(secretIn.header)) throw new Error('No header for a secret.');
  return { [secretIn.header]: secret };
}

function loginHeader(secret: string): Record<string, string> {
  if (secret === 'none') return {};
  const isLogin = secret.includes(':');
  return { authorization: isLogin ? `Basic ${Buffer.from(secret).toString('base64')}` : `Bearer ${secret}` };
}

function bodyOf({ secret }: BoundSecret, { secretIn, body }: GatewayRequest): unknown {
  if (typeof secretIn === 'string' || !('bodyField' in secretIn)) return body;
  if (body !== undefined && !isMembers(body)) throw new Error('No members to put a secret beside.');
  return { ...body, [secretIn.bodyField]: secret };
}
