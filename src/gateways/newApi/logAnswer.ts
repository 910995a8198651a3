import type { Question } from '../../http/boundClient.ts';
import { accountPayload } from '../accountAccess.ts';
import { rowsOf } from '../answers.ts';
import type { Visit } from '../gateway.ts';
import { numberOf } from '../wire.ts';

/** One page of an account's log as the gateway sent it. */
export interface LogAnswer {
  readonly rows: readonly unknown[];
  /** Rows in all pages; undefined where they are not counted. */
  readonly total: number | undefined;
  /** Whether the page is a bare array: of the gateway's own size, and counted from 0. */
  readonly isBare: boolean;
  /** The gateway's clock, in epoch milliseconds. */
  readonly serverNow: number | undefined;
}

/** `GET /api/log/self`. */
export async function askLog(visit: Visit, query: Question['query']): Promise<LogAnswer> {
  const { data, payload, serverNow } = await accountPayload(visit, '/api/log/self', query);
  const isBare = Array.isArray(data);
  return { rows: rowsOf(isBare ? data : payload.items), total: numberOf(payload.total), isBare, serverNow };
}

/**
 * Whether a count may be where counting stopped, and not how many there are: New API can be told to count to 10,000
 * at most, others to other round numbers.
 */
export function mayBeCapped(total: number): boolean {
  return total >= 1000 && total % 1000 === 0;
}
