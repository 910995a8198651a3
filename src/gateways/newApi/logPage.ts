import type { GatewayRequest } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { requestAccount } from './accountRequest.ts';
import { parseListPage } from './listPage.ts';

/** One page of an account's log as the gateway sent it. */
export interface AccountLogPage {
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
export async function requestLogPage(
  context: GatewayContext,
  query: GatewayRequest['query'],
): Promise<AccountLogPage> {
  // One-hub reads page, size and type under other names.
  const oneHubQuery = { page: query?.p, size: query?.page_size, log_type: query?.type };
  const fullQuery = context.site?.lineage === 'newApi' ? query : { ...query, ...oneHubQuery };
  const { data, payload, serverNow } = await requestAccount(context, '/api/log/self', fullQuery);
  const { rows, total, size, isBare } = parseListPage(data, payload);
  return { rows, total, size, isBare, serverNow };
}

/**
 * Whether a count may be where counting stopped, and not how many there are: New API can be told to count to 10,000
 * at most, others to other round numbers.
 */
export function mayBeCountLimit(total: number): boolean {
  return total >= 1000 && total % 1000 === 0;
}
