import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { isUnknownRoute, notePathMissing } from '../noteMissingPath.ts';
import { serverTimeOf } from '../serverTime.ts';
import type { Json } from '../wireJson.ts';
import { ACCOUNT_REFUSALS } from './refusals.ts';
import { USER_ID_HEADERS } from './relatives.ts';
import { assertAllowed, scopeOf } from './tokenScopes.ts';
import { firstUserIdHeaders, headerNamedIn, normalizeHeaderName } from './userIdHeader.ts';

/** What a request of an account has beside its path. The limiter is `general` unless it says another. */
type AccountRequestParts = Partial<Pick<GatewayRequest, 'query' | 'body' | 'limiter'>>;

/**
 * A request with an account's access token: without `Bearer`, which every version and CometAPI accept, and
 * with the user id header that New API before 1.0.0-rc.22 and all relatives need.
 */
function accountRequest(
  { userId }: GatewayContext,
  path: string,
  more: AccountRequestParts,
  headers: readonly string[],
): GatewayRequest {
  return {
    path,
    secretIn: 'raw',
    limiter: 'general',
    ...more,
    headers: userId === undefined ? {} : Object.fromEntries(headers.map(name => [name, userId])),
  };
}

/** A successful answer of an account endpoint. */
export interface AccountResponse {
  /** The envelope's `data`. */
  readonly data: unknown;
  /** The same where it is an object, else the envelope. */
  readonly payload: Json;
  /** The gateway's clock by its `Date` header, in epoch milliseconds; undefined without one. */
  readonly serverNow: number | undefined;
}

/**
 * Sends a request with the access token. Where a relative asks for the user id in another header, it is
 * retried once with that, and the header is noted.
 * @throws GatewayError
 */
export async function requestAccount(
  context: GatewayContext,
  path: string,
  query: GatewayRequest['query'] = {},
  more: Omit<AccountRequestParts, 'query'> = {},
): Promise<AccountResponse> {
  assertAllowed(context, path);
  const sent = firstUserIdHeaders(context);
  const first = await tryHeaders(context, path, { query, ...more }, sent);
  if ('data' in first) return first;
  const fallback = fallbackHeaders(context, first, sent);
  if (!fallback) throw first.error;
  const second = await tryHeaders(context, path, { query, ...more }, fallback);
  if (!('data' in second)) throw fallback.length === 1 ? second.error : first.error;
  context.note?.({ userIdHeaders: fallback });
  return second;
}

interface Refused {
  readonly error: unknown;
  /** The user id header that the refusal names. */
  readonly named?: string;
}

async function tryHeaders(
  context: GatewayContext,
  path: string,
  more: AccountRequestParts,
  headers: readonly string[],
): Promise<AccountResponse | Refused> {
  let named: string | undefined;
  const mapError: ErrorMapper = refusal => {
    if (isUnknownRoute(refusal.status, refusal.message)) notePathMissing(context, path);
    if (refusal.status === 401) named = headerNamedIn(refusal.message);
    return mapAccountError(path, refusal);
  };
  const answer = await context.sendRequest(accountRequest(context, path, more, headers));
  try {
    const json = parseJsonBody(answer, mapError);
    const payload = unwrapPayload(json, answer.status, mapError);
    return { data: json.data, payload, serverNow: serverTimeOf(answer.headers) };
  } catch (error) {
    return { error, named };
  }
}

/** The headers for a retry; undefined when the header is not the problem. */
function fallbackHeaders(
  { userId, notes }: GatewayContext,
  { error, named }: Refused,
  sent: readonly string[],
): readonly string[] | undefined {
  if (userId === undefined || !(error instanceof GatewayError)) return undefined;
  const { status, words } = error.failure;
  if (named !== undefined) {
    const normalized = normalizeHeaderName(named);
    return normalized === undefined || sent.includes(normalized) ? undefined : [normalized];
  }
  // Some relatives only say that nobody is signed in; a wrong token has messages of its own.
  const isUndecided = status === 401 && notes?.().userIdHeaders === undefined && words !== undefined;
  return isUndecided && !/token|AUTH_/i.test(words) ? USER_ID_HEADERS : undefined;
}

const mapKnownError = errorMapperFor(ACCOUNT_REFUSALS);

/** Paths without input: a refusal is about the caller. */
const PATHS_WITHOUT_INPUT: ReadonlySet<string> = new Set(['/api/user/self', '/api/token/']);

/**
 * Versions before 1.0.0-rc.22 refuse requests with HTTP 200 (a span that is too long, for example), and
 * report database errors in the same form.
 */
function mapAccountError(path: string, refusal: Parameters<ErrorMapper>[0]): ReturnType<ErrorMapper> {
  const { status, message, words } = refusal;
  const named = status === 401 ? headerNamedIn(message) : undefined;
  if (named !== undefined) {
    const isKnown = normalizeHeaderName(named) !== undefined;
    return failed('unexpected', isKnown ? 'user-id-needed' : 'user-id-header', { status, words });
  }
  const known = mapKnownError(refusal);
  if (known?.failure.reason === 'scope-missing')
    return failed('forbidden', 'scope-missing', { status, scope: scopeOf(path) });
  if (known || status !== 200) return known;
  return PATHS_WITHOUT_INPUT.has(path)
    ? failed('transient', 'unknown-refusal', { status, words })
    : failed('unexpected', 'refused-request', { status, words });
}
