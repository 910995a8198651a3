import type { GatewayRequest } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { accountPayload } from './accountRequest.ts';
import { listPageOf } from './listPage.ts';

/** One page of an account's log as the gateway sent it. */
export interface LogAnswer {
  readonly rows: readonly unknown[];
  /** Rows in all pages; undefined where they are not counted. */
  readonly total: number | undefined;
  /** How many rows the gateway puts on a page, where it says so. */
  readonly size: number | undefined;
  /** Whether the page is a bare array: of the gateway's own size, and counted from 0. */
  readonly isBare: boolean;
  /** The gateway's clock, in epoch milliseconds. */
  readonly serverNow: number | undefined;
}

/** `GET /api/log/self`. */
export async function askLog(context: GatewayContext, query: GatewayRequest['query']): Promise<LogAnswer> {
  // One-hub reads page, size and type under other names.
  const others = { page: query?.p, size: query?.page_size, log_type: query?.type };
  const words = context.site?.lineage === 'newApi' ? query : { ...query, ...others };
  const { data, payload, serverNow } = await accountPayload(context, '/api/log/self', words);
  const { rows, total, size, isBare } = listPageOf(data, payload);
  return { rows, total, size, isBare, serverNow };
}

/**
 * Whether a count may be where counting stopped, and not how many there are: New API can be told to count to 10,000
 * at most, others to other round numbers.
 */
export function mayBeCapped(total: number): boolean {
  return total >= 1000 && total % 1000 === 0;
}
