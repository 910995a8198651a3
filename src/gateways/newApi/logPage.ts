import type { GatewayRequest } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { requestAccount } from './accountRequest.ts';
import { parseListPage } from './listPage.ts';

/** One page of an account's log, not parsed further. */
export interface AccountLogPage {
  readonly rows: readonly unknown[];
  /** Rows in all pages; undefined where they are not counted. */
  readonly total: number | undefined;
  /** The page size, where the gateway says it. */
  readonly size: number | undefined;
  /** Whether `data` is a bare array: of the gateway's own page size, and counted from 0. */
  readonly isBare: boolean;
  /** The gateway's clock, in epoch milliseconds. */
  readonly serverNow: number | undefined;
}

/**
 * `GET /api/log/self`: `data.items`, `data.total` (New API), or `data` as a bare array (One API).
 * @throws GatewayError
 */
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
 * Whether a total may be where counting stopped: New API can be configured to count to 10,000 at most, others
 * to other round numbers.
 */
export function mayBeCountLimit(total: number): boolean {
  return total >= 1000 && total % 1000 === 0;
}
