import * as v from 'valibot';
import { failed } from '../core/quota/failure.ts';
import { parseJsonBody } from './envelope.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { mapKeyLookupError } from './newApi/tokenUsage.ts';

/** What a completion says it cost, in tokens. */
export interface CompletionUsage {
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
}

const count = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  // -0 is none.
  v.transform(number => number + 0),
);
const usageSchema = v.object({ prompt_tokens: count, completion_tokens: count, total_tokens: count });

/** The smallest question there is. */
const PROMPT = [{ role: 'user', content: 'Say ok.' }];

/**
 * Asks `POST /v1/chat/completions` for a minimal answer, which spends quota, and returns its `usage`;
 * undefined when the answer has none. A streamed answer has it in its last chunk, because it is asked for.
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

/** The last usage in a stream of server-sent events. */
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
