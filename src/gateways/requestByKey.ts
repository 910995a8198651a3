import type { ErrorMapper } from './errorMapper.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { requestJson } from './requestJson.ts';
import { SINGLE_LIMITER } from './singleCall.ts';
import type { Json } from './wireJson.ts';

/**
 * Sends the request of a kind that has just one limiter, with the key as a bearer token.
 * @throws GatewayError as `requestJson` does
 */
export function requestByKey(context: GatewayContext, path: string, mapError: ErrorMapper): Promise<Json> {
  return requestJson(context, { path, secretIn: 'bearer', limiter: SINGLE_LIMITER, short: true }, mapError);
}
