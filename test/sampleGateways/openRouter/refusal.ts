import { plainJson, type Reply } from '../wire/reply.ts';

/** An error as OpenRouter writes it: the status once more as its code. */
export function refusal(status: number, message: string, metadata?: Record<string, unknown>): Reply {
  return plainJson(status, { error: { code: status, message, ...(metadata && { metadata }) } });
}
