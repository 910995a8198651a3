import type { Reply } from '../wire/reply.ts';
import type { ChatUsage } from './chat.ts';

/** A completion as server-sent events; the usage comes in a chunk of its own, and only if it was asked for. */
export function completionStream(
  head: Record<string, unknown>,
  words: string[],
  usage: ChatUsage | undefined,
): Reply {
  const base = { ...head, object: 'chat.completion.chunk' };
  const chunk = (delta: object, finish: string | null): unknown => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const events = [
    chunk({ role: 'assistant', content: '' }, null),
    ...words.map(content => chunk({ content }, null)),
    chunk({}, 'stop'),
    ...(usage ? [{ ...base, choices: [], usage }] : []),
  ];
  const body = `: keep-alive\n\n${events.map(event => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`;
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' },
    body,
    stream: true,
    // Pieces that end anywhere, as networks cut them.
    delivery: { how: 'drip', bytes: 61, everyMs: 0 },
  };
}
