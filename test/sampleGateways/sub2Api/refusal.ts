import { plainJson, type Reply } from '../wire/reply.ts';

/** A refusal as Sub2API writes it. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Reply {
  const reply = plainJson(status, { code, message });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The wallet, where a plan would be named. */
export const WALLET = '钱包余额';
