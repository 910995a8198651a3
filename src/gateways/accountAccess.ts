import type { Question } from '../http/boundClient.ts';
import { failed } from '../quota/failure.ts';
import { type Json, jsonOf, payloadOf, type Refine, serverTimeOf } from './answers.ts';
import type { Visit } from './gateway.ts';
import { ACCOUNT_REFUSALS } from './newApiRefusals.ts';
import { refiner } from './ownRefusals.ts';

/**
 * A question with an account's access token: sent without `Bearer`, which every version and CometAPI accept,
 * and with the user id that versions before 1.0.0-rc.22 want beside it.
 */
function accountQuestion(visit: Visit, path: string, query: Question['query'] = {}): Question {
  return {
    path,
    query,
    secretIn: 'raw',
    limiter: 'general',
    headers: visit.userId === undefined ? {} : { 'New-Api-User': visit.userId },
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

/** Asks with an access token. */
export async function accountPayload(
  visit: Visit,
  path: string,
  query: Question['query'] = {},
): Promise<AccountAnswer> {
  const answer = await visit.ask(accountQuestion(visit, path, query));
  const json = jsonOf(answer, accountRefusal);
  const payload = payloadOf(json, answer.status, accountRefusal);
  return { data: json.data, payload, serverNow: serverTimeOf(answer.headers) };
}

const ownRefusal = refiner(ACCOUNT_REFUSALS);

/** With HTTP 200 old versions refuse a question as well, such as one about too long a time. */
const accountRefusal: Refine = refusal => {
  const { status, words } = refusal;
  return (
    ownRefusal(refusal) ??
    (status === 200 ? failed('unexpected', 'refused-request', { status, words }) : undefined)
  );
};
