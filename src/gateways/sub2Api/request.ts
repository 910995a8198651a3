import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import type { Json } from '../wireJson.ts';
import { SUB2API_REFUSALS } from './refusals.ts';

const mapError = errorMapperFor(SUB2API_REFUSALS);

/**
 * `GET /v1/usage`: all that a key is told of itself. `timezone` is not sent: it moves the edges of days, and not their names.
 * @throws GatewayError
 */
export async function requestUsage(context: GatewayContext, query?: GatewayRequest['query']): Promise<Json> {
  const answer = await context.sendRequest({
    path: '/v1/usage',
    query,
    secretIn: 'bearer',
    limiter: 'general',
    asksForPause: refused => !isUsedUp(refused),
  });
  if (isUsedUp(answer)) throw failed('exhausted', 'used-up', { status: answer.status });
  const json = parseJsonBody(answer, mapError);
  unwrapPayload(json, answer.status, mapError);
  return json;
}

const usedUpSchema = v.object({
  code: v.picklist(['API_KEY_QUOTA_EXHAUSTED', 'USAGE_LIMIT_EXCEEDED']),
  message: v.string(),
  // Other gateways have `success` in their answers, Sub2API does not.
  success: v.optional(v.undefined()),
});

/** Whether a 429 asks for no pause: in older versions it says that nothing is left. */
function isUsedUp({ status, text = '' }: GatewayResponse): boolean {
  if (status !== 429) return false;
  try {
    return v.is(usedUpSchema, JSON.parse(text));
  } catch {
    return false;
  }
}
