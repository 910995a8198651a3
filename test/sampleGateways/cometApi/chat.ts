import { fullCheck } from '../newApi/keyAuth.ts';
import { type NewApiCall, relayError } from '../newApi/newApiCall.ts';
import { GoStruct } from '../wire/goJson.ts';
import { json, type Reply } from '../wire/reply.ts';
import { completionStream } from './chatStream.ts';

/** What a completion cost in tokens. */
export interface ChatUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

const ANSWER = ['Quota', ' is', ' fine', '.'];
const UNITS_PER_PROMPT_TOKEN = 2;
const UNITS_PER_COMPLETION_TOKEN = 8;

interface ChatRequest {
  model?: unknown;
  messages?: unknown;
  stream?: unknown;
  stream_options?: { include_usage?: unknown };
}

/** `POST /v1/chat/completions`, plain and streamed: spends from key and wallet and tells the tokens. */
export function chat(call: NewApiCall): Reply {
  const { key, refusal } = fullCheck(call);
  if (refusal) return refusal;
  const request = parse(call.body);
  if (!request || typeof request.model !== 'string' || !Array.isArray(request.messages)) {
    return relayError(call, 400, 'field messages is required', 'invalid_request');
  }
  const models = key.modelLimits.split(',');
  if (key.modelLimitsEnabled && !models.includes(request.model)) {
    return relayError(call, 403, `该令牌无权访问模型 ${request.model}`);
  }
  if (call.holdings.account(key.account).quota <= 0) {
    return relayError(call, 403, 'user quota is not enough', 'insufficient_user_quota');
  }
  const usage = measure(request.messages, call);
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = usage;
  const quota = promptTokens * UNITS_PER_PROMPT_TOKEN + completionTokens * UNITS_PER_COMPLETION_TOKEN;
  const stream = request.stream === true;
  call.holdings.spend(key.handle, { quota, model: request.model, promptTokens, completionTokens, stream });
  const told = call.settings.chat.withoutUsage ? undefined : usage;
  const head = {
    id: `chatcmpl-${call.requestId}`,
    created: Math.floor(call.clock() / 1000),
    model: request.model,
  };
  if (!stream) return whole(head, told);
  return completionStream(head, ANSWER, request.stream_options?.include_usage === true ? told : undefined);
}

function whole(head: Record<string, unknown>, usage: ChatUsage | undefined): Reply {
  const message = { role: 'assistant', content: ANSWER.join('') };
  const choices = [new GoStruct({ index: 0, message: new GoStruct(message), finish_reason: 'stop' })];
  return json(
    200,
    new GoStruct({
      ...head,
      object: 'chat.completion',
      choices,
      ...(usage && { usage: new GoStruct({ ...usage }) }),
    }),
  );
}

function measure(messages: unknown[], call: NewApiCall): ChatUsage {
  // About four characters make a token; any rule does, as long as it is always the same.
  const prompt = Math.max(1, Math.ceil(JSON.stringify(messages).length / 4));
  const completion = ANSWER.length;
  const wrong = call.settings.chat.wrongTotal ? 1 : 0;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion + wrong };
}

function parse(body: string): ChatRequest | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as ChatRequest) : undefined;
  } catch {
    return undefined;
  }
}
