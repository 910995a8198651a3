import type { GatewayRequest } from '../http/boundClient.ts';
import { parseJsonBody, unwrapPayload } from './envelope.ts';
import type { ErrorMapper } from './errorMapper.ts';
import type { GatewayContext } from './gatewayContext.ts';
import type { Json } from './wireJson.ts';

/**
 * Asks for the whole object of an answer.
 * @throws GatewayError for a refusal, whatever the HTTP status, and for what is no JSON object.
 */
export async function requestJson(
  context: GatewayContext,
  request: GatewayRequest,
  mapError: ErrorMapper,
): Promise<Json> {
  const answer = await context.sendRequest(request);
  const json = parseJsonBody(answer, mapError);
  unwrapPayload(json, answer.status, mapError);
  return json;
}
