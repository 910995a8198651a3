import { failed, GatewayError } from '../../core/quota/failure.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Limiter } from '../../gateways/limiter.ts';
import { MAX_PROBES, type Recognition, recognizeGateway } from '../../gateways/recognizeGateway.ts';
import { bindClient, type SendRequest } from '../../http/boundClient.ts';
import { holdAfter429 } from '../requests/holdAfter429.ts';
import type { RequestParts } from '../requests/requestParts.ts';
import { reserveNow } from '../requests/reserveNow.ts';

/** For a base URL whose kind, and so whose limits, are unknown. */
const UNKNOWN_GATEWAY_LIMITER: Limiter = { calls: 30, windowMs: 3 * MINUTE_MS, holdMs: 3 * MINUTE_MS };

/** Recognizes the kind of gateway at a base URL, without a secret. @throws GatewayError when nobody answers there. */
export async function recognizeBaseUrl(
  parts: RequestParts,
  baseUrl: string,
): Promise<Recognition | undefined> {
  let calls = 0;
  const reserve = (limiter: string) => {
    calls += 1;
    // A redirect that is followed is a call as well.
    if (calls > MAX_PROBES) throw failed('unexpected', 'redirected');
    return reserveNow(parts, UNKNOWN_GATEWAY_LIMITER, baseUrl, limiter);
  };
  const withoutSecret = { secret: '', baseUrl, credential: 'apiKey' } as const;
  const send = bindClient(parts.transport, withoutSecret, reserve);
  let until: number | undefined;
  const ask: SendRequest = async question => {
    const answer = await send(question);
    if (answer.status === 429)
      until = await holdAfter429(parts, UNKNOWN_GATEWAY_LIMITER, baseUrl, question.limiter, answer);
    return answer;
  };
  try {
    return await recognizeGateway(baseUrl, ask);
  } catch (error) {
    const isPause = error instanceof GatewayError && error.failure.reason === 'too-many-requests';
    throw isPause ? new GatewayError({ until, ...error.failure }) : error;
  }
}
