import type { Site } from './site.ts';
import type { Holdings } from './state/holdings.ts';
import type { Call } from './wire/call.ts';
import { plainJson, type Reply } from './wire/reply.ts';

/** What models are listed, and answer. */
const MODELS = ['claude-haiku-4-5', 'gpt-4.1', 'gpt-4.1-mini'];

/**
 * A call to a model, and the list of models, as OpenAI and Anthropic answer them. Undefined for other calls, and where the
 * software itself answers it.
 */
export function modelCall(call: Call, holdings: Holdings, { answersModels }: Site): Reply | undefined {
  const [, asked] = /\/v1\/(chat\/completions|messages|models)$/.exec(call.path) ?? [];
  if (asked === undefined || (call.method === 'GET') !== (asked === 'models')) return undefined;
  if (answersModels === 'calls' || (answersModels === 'list' && asked === 'models')) return undefined;
  const key = holdings.keyBySecret(secretIn(call));
  if (!key) return plainJson(401, { error: { message: 'Invalid API key', type: 'authentication_error' } });
  if (asked === 'models') return plainJson(200, { data: MODELS.map(id => ({ id, object: 'model' })) });
  const { model } = JSON.parse(call.body) as { model: string };
  if (!MODELS.includes(model))
    return plainJson(404, { error: { message: `No such model: ${model}`, type: 'invalid_request_error' } });
  holdings.spend(key.handle, { quota: 100, model, promptTokens: 9, completionTokens: 1 });
  return asked === 'messages'
    ? plainJson(200, { type: 'message', model, content: [{ type: 'text', text: 'Ok' }] })
    : plainJson(200, { object: 'chat.completion', model, choices: [{ message: { content: 'Ok' } }] });
}

function secretIn({ headers }: Call): string {
  return String(headers.authorization ?? headers['x-api-key'] ?? '')
    .replace(/^bearer /i, '')
    .trim();
}
