import * as v from 'valibot';
import { failed } from '../core/quota/failure.ts';
import { parseJsonBody } from './envelope.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { mapKeyLookupError } from './newApi/tokenUsage.ts';

/** The tokens that a completion reports: `usage.prompt_tokens`, `completion_tokens`, `total_tokens`. */
export interface CompletionUsage {
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
}

const count = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  // `-0 + 0` is 0.
  v.transform(number => number + 0),
);
const usageSchema = v.object({ prompt_tokens: count, completion_tokens: count, total_tokens: count });

/** A prompt that costs little. */
const PROMPT = [{ role: 'user', content: 'Say ok.' }];

/**
 * `POST /v1/chat/completions` with a minimal prompt, which spends quota. Returns its `usage`, undefined where
 * there is none. A streamed answer has it in its last chunk, by `stream_options.include_usage`.
 * @throws GatewayError for a refusal, and for an answer that is neither JSON nor a stream.
 */
export async function requestCompletion(
  context: GatewayContext,
  model: string,
  streamed: boolean,
): Promise<CompletionUsage | undefined> {
  const stream = streamed ? { stream: true, stream_options: { include_usage: true } } : {};
  const answer = await context.sendRequest({
    path: '/v1/chat/completions',
    secretIn: 'bearer',
    limiter: 'general',
    body: { model, messages: PROMPT, max_completion_tokens: 16, ...stream },
  });
  if (!streamed) return parseUsage(parseJsonBody(answer, mapKeyLookupError).usage);
  if (answer.status !== 200) parseJsonBody(answer, mapKeyLookupError);
  return parseStreamUsage(answer.text ?? '');
}

/**
 * Parses the last `usage` in a stream of server-sent events; undefined where there is none.
 * @throws GatewayError `not-json` where the text has no event.
 */
export function parseStreamUsage(text: string): CompletionUsage | undefined {
  let usage: CompletionUsage | undefined;
  let events = 0;
  for (const line of text.split(/\r?\n/)) {
    const data = /^data:\s*(\{.*\})\s*$/.exec(line)?.[1];
    if (data === undefined) continue;
    events++;
    usage = parseUsage(parseJson(data)?.usage) ?? usage;
  }
  if (events === 0) throw failed('unexpected', 'not-json');
  return usage;
}

function parseJson(data: string): { readonly usage?: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(data);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

function parseUsage(wire: unknown): CompletionUsage | undefined {
  const parsed = v.safeParse(usageSchema, wire);
  if (!parsed.success) return undefined;
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = parsed.output;
  return { prompt, completion, total };
}
