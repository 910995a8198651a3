import { plainJson, type Reply } from '../wire/reply.ts';

/** An error as LiteLLM writes it: its type, and the status once more as text. */
export function refusal(
  status: number,
  type: string,
  message: string,
  param: string | null = 'None',
  headers: Record<string, string> = {},
): Reply {
  const reply = plainJson(status, { error: { message, type, param, code: String(status) } });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** An error as its framework writes it. */
export function detail(status: number, told: unknown): Reply {
  return plainJson(status, { detail: told });
}
