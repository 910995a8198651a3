import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import type { Json } from '../wireJson.ts';
import { withoutInWords } from '../withoutInWords.ts';
import { LITE_LLM_REFUSALS } from './refusals.ts';

const mapKnown = errorMapperFor(LITE_LLM_REFUSALS);

/**
 * Asks for the whole object of an answer.
 * @throws GatewayError for a refusal, without the parts of keys that it repeats, and for what is no JSON object.
 */
export async function requestJson(
  context: GatewayContext,
  question: Pick<GatewayRequest, 'path' | 'query' | 'short'>,
): Promise<Json> {
  const answer = await context.sendRequest({
    ...question,
    secretIn: 'bearer',
    limiter: 'management',
    asksForPause: ({ text = '' }) => !isExceeded(text),
  });
  try {
    const told = untypedError(answer);
    if (told) throw told;
    const json = parseJsonBody(answer, mapKnown);
    unwrapPayload(json, answer.status, mapKnown);
    return json;
  } catch (error) {
    throw error instanceof GatewayError ? withoutInWords(error, KEY_PARTS) : error;
  }
}

/** In newer versions 429 says that a budget is exceeded, too, which no pause ends. */
const exceededSchema = v.object({
  error: v.object({ type: v.literal('budget_exceeded'), code: v.literal('429'), param: v.unknown() }),
});
const notAllowedSchema = v.object({
  detail: v.pipe(v.string(), v.regex(/^Virtual key is not allowed to call this route\b/)),
});

/** The error for a refusal that is in no form with a type, or has the status of another. */
function untypedError({ status, text = '' }: GatewayResponse): GatewayError | undefined {
  if (status === 429 && isExceeded(text)) return failed('exhausted', 'used-up', { status });
  if (status === 403 && v.is(notAllowedSchema, parse(text)))
    return failed('forbidden', 'forbidden', { status });
  return undefined;
}

function isExceeded(text: string): boolean {
  return v.is(exceededSchema, parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A key as it was sent, the end of one, and the hash of one, also one that was cut off. Errors repeat the key, whole in
 * versions before 1.80, or its hash, by which other calls name it.
 */
const KEY_PARTS = /\bsk-[^\s,'"]+|Received=[^\s,]+|\b[0-9a-f]{12,64}\b/gi;
