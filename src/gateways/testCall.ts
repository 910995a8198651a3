import * as v from 'valibot';
import type { GatewayResponse } from '../http/transport.ts';
import { type ChatWay, credentialSpecOf } from './credentialSpec.ts';
import { parseJsonBody, parseRows } from './envelope.ts';
import type { ErrorMapper } from './errorMapper.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { mapKeyLookupError } from './newApi/tokenUsage.ts';
import { sanitizeText } from './sanitizeText.ts';

/** What a model answered to the smallest call that there is. */
export interface TestAnswer {
  /** From the moment the call was sent, milliseconds. */
  readonly latencyMs: number;
  /** The words of the answer; undefined where it has none. */
  readonly words?: string;
}

const MAX_WORDS_LENGTH = 80;
const PROMPT = [{ role: 'user', content: 'Say ok.' }];
/** The version of its API that Anthropic wants to be named; others take no notice. */
const MESSAGES_HEADERS = { 'anthropic-version': '2023-06-01' };

const answerSchema = v.object({
  choices: v.tupleWithRest(
    [v.object({ message: v.object({ content: v.nullish(v.string()) }) })],
    v.unknown(),
  ),
});
const messageSchema = v.object({
  type: v.literal('message'),
  content: v.array(v.looseObject({ text: v.optional(v.string()) })),
});

/** Asks a model for one token, with the key as programs use it. This costs money. @throws GatewayError */
export async function sendTestCall(
  gateway: Gateway,
  context: GatewayContext,
  model: string,
): Promise<TestAnswer> {
  const { way, prefix } = chatOf(gateway, context);
  const isMessage = way === 'messages' || (way === 'byModel' && /^claude/i.test(model));
  const startedAt = context.now();
  const answer = await context.sendRequest({
    path: `${prefix}${isMessage ? '/v1/messages' : '/v1/chat/completions'}`,
    secretIn: 'bearer',
    limiter: limiterOf(gateway, context),
    body: { model, max_tokens: 1, messages: PROMPT },
    ...(isMessage && { headers: MESSAGES_HEADERS }),
    // A busy model says nothing about the limits of quota requests.
    asksForPause: () => false,
  });
  const latencyMs = context.now() - startedAt;
  const json = parseJsonBody(answer, mapErrorOf(gateway));
  const words = sanitizeText(wordsIn(json), MAX_WORDS_LENGTH);
  return { latencyMs, ...(words !== '' && { words }) };
}

/** The models that a gateway lists for a key: `GET /v1/models`. It costs nothing. @throws GatewayError */
export async function listModels(gateway: Gateway, context: GatewayContext): Promise<readonly string[]> {
  const { prefix } = chatOf(gateway, context);
  const answer: GatewayResponse = await context.sendRequest({
    path: `${prefix}/v1/models`,
    secretIn: 'bearer',
    limiter: limiterOf(gateway, context),
    asksForPause: () => false,
  });
  const { data } = parseJsonBody(answer, mapErrorOf(gateway));
  return parseRows(data).flatMap(row => (v.is(modelSchema, row) ? [sanitizeText(row.id, 200)] : []));
}

const modelSchema = v.object({ id: v.pipe(v.string(), v.trim(), v.nonEmpty()) });

function wordsIn(json: unknown): string {
  if (v.is(answerSchema, json)) return json.choices[0].message.content ?? '';
  return v.is(messageSchema, json) ? json.content.map(({ text = '' }) => text).join('') : '';
}

function chatOf(gateway: Gateway, { credential }: GatewayContext): { way: ChatWay; prefix: string } {
  const { way = 'completions', prefix = '' } = credentialSpecOf(gateway, credential)?.chat ?? {};
  return { way, prefix };
}

/** The gateway's most ample limiter: a call to a model asks nothing about the key. */
function limiterOf(gateway: Gateway, { credential }: GatewayContext): string {
  return 'general' in gateway.limiters
    ? 'general'
    : (credentialSpecOf(gateway, credential)?.readLimiter ?? '');
}

/** New API and its relatives refuse calls to models in the words in which they refuse questions. */
function mapErrorOf({ limiters }: Gateway): ErrorMapper | undefined {
  return 'scarce' in limiters ? mapKeyLookupError : undefined;
}
