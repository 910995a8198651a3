import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { type Json, parseJsonBody, serverTimeOf, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { refiner } from '../ownRefusals.ts';
import { isUnrouted, noteLack } from '../siteNotes.ts';
import { ACCOUNT_REFUSALS } from './refusals.ts';
import { headerNamedIn, knownHeader, USER_ID_HEADERS, userIdHeadersFor } from './userIdHeader.ts';

/**
 * A question with an account's access token: sent without `Bearer`, which every version and CometAPI accept,
 * and with the user id that versions before 1.0.0-rc.22 and all relatives want beside it.
 */
function accountQuestion(
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
export interface AccountAnswer {
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
export async function accountPayload(
  context: GatewayContext,
  path: string,
  query: GatewayRequest['query'] = {},
): Promise<AccountAnswer> {
  const sent = userIdHeadersFor(context);
  const first = await tryWith(context, path, query, sent);
  if ('data' in first) return first;
  const others = otherHeaders(context, first, sent);
  if (!others) throw first.error;
  const second = await tryWith(context, path, query, others);
  if (!('data' in second)) throw others.length === 1 ? second.error : first.error;
  context.note?.({ userIdHeaders: others });
  return second;
}

interface Refused {
  readonly error: unknown;
  /** The header for the user id that the refusal speaks of. */
  readonly named?: string;
}

async function tryWith(
  context: GatewayContext,
  path: string,
  query: GatewayRequest['query'],
  headers: readonly string[],
): Promise<AccountAnswer | Refused> {
  let named: string | undefined;
  const refine: ErrorMapper = refusal => {
    if (isUnrouted(refusal.status, refusal.message)) noteLack(context, path);
    if (refusal.status === 401) named = headerNamedIn(refusal.message);
    return accountRefusal(path, refusal);
  };
  const answer = await context.ask(accountQuestion(context, path, query, headers));
  try {
    const json = parseJsonBody(answer, refine);
    const payload = unwrapPayload(json, answer.status, refine);
    return { data: json.data, payload, serverNow: serverTimeOf(answer.headers) };
  } catch (error) {
    return { error, named };
  }
}

/** With which headers it is worth another try; undefined when it is not the header that is wrong. */
function otherHeaders(
  { userId, notes }: GatewayContext,
  { error, named }: Refused,
  sent: readonly string[],
): readonly string[] | undefined {
  if (userId === undefined || !(error instanceof GatewayError)) return undefined;
  const { status, words } = error.failure;
  if (named !== undefined) {
    const known = knownHeader(named);
    return known === undefined || sent.includes(known) ? undefined : [known];
  }
  // Some only say that nobody is signed in. The token is refused in words of its own.
  const isOpen = status === 401 && notes?.().userIdHeaders === undefined && words !== undefined;
  return isOpen && !/token|AUTH_/i.test(words) ? USER_ID_HEADERS : undefined;
}

const ownRefusal = refiner(ACCOUNT_REFUSALS);

/** Questions that leave nothing to refuse but whoever asks. */
const PLAIN_QUESTIONS: ReadonlySet<string> = new Set(['/api/user/self', '/api/token/']);

/**
 * With HTTP 200 old versions refuse a question as well, such as one about too long a time, and tell of every
 * trouble of their database in the same form.
 */
function accountRefusal(path: string, refusal: Parameters<ErrorMapper>[0]): ReturnType<ErrorMapper> {
  const { status, message, words } = refusal;
  const named = status === 401 ? headerNamedIn(message) : undefined;
  if (named !== undefined) {
    const isKnown = knownHeader(named) !== undefined;
    return failed('unexpected', isKnown ? 'user-id-needed' : 'user-id-header', { status, words });
  }
  const own = ownRefusal(refusal);
  if (own || status !== 200) return own;
  return PLAIN_QUESTIONS.has(path)
    ? failed('transient', 'unknown-refusal', { status, words })
    : failed('unexpected', 'refused-request', { status, words });
}
