import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { parseRetryAfter } from '../transientError.ts';
import type { Json } from '../wireJson.ts';
import { OPEN_ROUTER_REFUSALS } from './refusals.ts';

type Question = Pick<GatewayRequest, 'path' | 'query' | 'body' | 'short'> & {
  readonly limiter: 'key' | 'management';
};

/**
 * Asks for the whole object of an answer.
 * @throws GatewayError for a refusal, and for what is no JSON object.
 */
export async function requestJson(context: GatewayContext, question: Question): Promise<Json> {
  const answer = await context.sendRequest({ ...question, secretIn: 'bearer' });
  const mapError = errorMapperOf(answer);
  const json = parseJsonBody(answer, mapError);
  unwrapPayload(json, answer.status, mapError);
  return json;
}

const limitSchema = v.object({
  error: v.object({ metadata: v.object({ limit_source: v.string() }) }),
});

/** Limits that end a key's use until somebody raises them or they reset. */
const USED_UP: ReadonlySet<string> = new Set([
  'openrouter_credits',
  'openrouter_key_limit',
  'openrouter_guardrail_budget',
  'openrouter_workspace_budget',
]);

/** A refusal by a limit names it beside the words; all others are known by their words. */
function errorMapperOf(answer: GatewayResponse): ErrorMapper {
  const source = limitSourceOf(answer);
  return refusal => {
    const { status, words, form } = refusal;
    if (source === undefined || form !== 'coded') return mapKnown(refusal);
    if (USED_UP.has(source) && (status === 402 || status === 403))
      return failed('exhausted', 'used-up', { status });
    // Running requests may cost more than is left; once they are done there may be room again.
    return failed('transient', 'unknown-refusal', {
      status,
      words,
      retryAfterMs: parseRetryAfter(answer.headers),
    });
  };
}

const mapKnown = errorMapperFor(OPEN_ROUTER_REFUSALS);

function limitSourceOf({ text = '' }: GatewayResponse): string | undefined {
  if (!text.includes('limit_source')) return undefined;
  try {
    const parsed = v.safeParse(limitSchema, JSON.parse(text));
    return parsed.success ? parsed.output.error.metadata.limit_source : undefined;
  } catch {
    return undefined;
  }
}
