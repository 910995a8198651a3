import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { type Json, parseJsonBody, serverTimeOf, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { isUnknownRoute, notePathMissing } from '../siteNotes.ts';
import { ACCOUNT_REFUSALS } from './refusals.ts';
import { firstUserIdHeaders, headerNamedIn, normalizeHeaderName, USER_ID_HEADERS } from './userIdHeader.ts';

/**
 * A question with an account's access token: sent without `Bearer`, which every version and CometAPI accept,
 * and with the user id that versions before 1.0.0-rc.22 and all relatives want beside it.
 */
function accountRequest(
  { userId }: GatewayContext,
  path: string,
  query: GatewayRequest['query'],
  headers: readonly string[],
): GatewayRequest {
  return {
    path,
    query,
    secretIn: 'raw',
    limiter: 'general',
    headers: userId === undefined ? {} : Object.fromEntries(headers.map(name => [name, userId])),
  };
}

/** What an account's endpoint answered. */
export interface AccountResponse {
  /** What the envelope holds. */
  readonly data: unknown;
  /** The same when it is an object, else the envelope. */
  readonly payload: Json;
  /** The gateway's clock when it answered, in epoch milliseconds; undefined where it does not tell. */
  readonly serverNow: number | undefined;
}

/**
 * Asks with an access token. A relative that wants the user id under another name says so, and is asked again
 * with that name; which one a site takes is noted.
 */
export async function requestAccount(
  context: GatewayContext,
  path: string,
  query: GatewayRequest['query'] = {},
): Promise<AccountResponse> {
  const sent = firstUserIdHeaders(context);
  const first = await tryHeaders(context, path, query, sent);
  if ('data' in first) return first;
  const fallback = fallbackHeaders(context, first, sent);
  if (!fallback) throw first.error;
  const second = await tryHeaders(context, path, query, fallback);
  if (!('data' in second)) throw fallback.length === 1 ? second.error : first.error;
  context.note?.({ userIdHeaders: fallback });
  return second;
}

interface Refused {
  readonly error: unknown;
  /** The header for the user id that the refusal speaks of. */
  readonly named?: string;
}

async function tryHeaders(
  context: GatewayContext,
  path: string,
  query: GatewayRequest['query'],
  headers: readonly string[],
): Promise<AccountResponse | Refused> {
  let named: string | undefined;
  const mapError: ErrorMapper = refusal => {
    if (isUnknownRoute(refusal.status, refusal.message)) notePathMissing(context, path);
    if (refusal.status === 401) named = headerNamedIn(refusal.message);
    return mapAccountError(path, refusal);
  };
  const answer = await context.sendRequest(accountRequest(context, path, query, headers));
  try {
    const json = parseJsonBody(answer, mapError);
    const payload = unwrapPayload(json, answer.status, mapError);
    return { data: json.data, payload, serverNow: serverTimeOf(answer.headers) };
  } catch (error) {
    return { error, named };
  }
}

/** With which headers it is worth another try; undefined when it is not the header that is wrong. */
function fallbackHeaders(
  { userId, notes }: GatewayContext,
  { error, named }: Refused,
  sent: readonly string[],
): readonly string[] | undefined {
  if (userId === undefined || !(error instanceof GatewayError)) return undefined;
  const { status, words } = error.failure;
  if (named !== undefined) {
    const known = normalizeHeaderName(named);
    return known === undefined || sent.includes(known) ? undefined : [known];
  }
  // Some only say that nobody is signed in. The token is refused in words of its own.
  const isUndecided = status === 401 && notes?.().userIdHeaders === undefined && words !== undefined;
  return isUndecided && !/token|AUTH_/i.test(words) ? USER_ID_HEADERS : undefined;
}

const mapKnownError = errorMapperFor(ACCOUNT_REFUSALS);

/** Questions that leave nothing to refuse but whoever asks. */
const PATHS_WITHOUT_INPUT: ReadonlySet<string> = new Set(['/api/user/self', '/api/token/']);

/**
 * With HTTP 200 old versions refuse a question as well, such as one about too long a time, and tell of every
 * trouble of their database in the same form.
 */
function mapAccountError(path: string, refusal: Parameters<ErrorMapper>[0]): ReturnType<ErrorMapper> {
  const { status, message, words } = refusal;
  const named = status === 401 ? headerNamedIn(message) : undefined;
  if (named !== undefined) {
    const isKnown = normalizeHeaderName(named) !== undefined;
    return failed('unexpected', isKnown ? 'user-id-needed' : 'user-id-header', { status, words });
  }
  const own = mapKnownError(refusal);
  if (own || status !== 200) return own;
  return PATHS_WITHOUT_INPUT.has(path)
    ? failed('transient', 'unknown-refusal', { status, words })
    : failed('unexpected', 'refused-request', { status, words });
}
