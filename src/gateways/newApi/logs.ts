import * as v from 'valibot';
import { GatewayError } from '../../core/quota/failure.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import type { LogFilter, LogPage, LogRow } from '../../core/usage/logRow.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { lenient, wireNumber, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { requestAccount } from './accountRequest.ts';
import { applyFilterLocally } from './logFilters.ts';
import { mayBeCountLimit, requestLogPage } from './logPage.ts';
import { logRowOf, logTypeNumber, parseLogRows } from './logRows.ts';
import { originalNameFor } from './originalNames.ts';

const number = lenient(wireNumber);

/**
 * One page of the account's log with its summary: `GET /api/log/self`, and `GET /api/log/self/stat`
 * (`data.quota` in raw units, `data.rpm`, `data.tpm`).
 * @throws GatewayError where the page cannot be read.
 */
export async function readAccountLogs(
  context: GatewayContext,
  filter: LogFilter,
  scale: Scale,
): Promise<LogPage> {
  const query = filterQuery({ ...filter, keyName: originalNameFor(context, filter.keyName) });
  const { wireRows, total, more } = await requestFilteredPage(context, filter, query);
  const parsedRows = parseLogRows(wireRows).map(row => logRowOf(row, scale));
  const { rows, appliedHere, notApplied } = applyFilterLocally(parsedRows, filter);
  const isFiltered = appliedHere.length === 0 && notApplied.length === 0;
  return {
    unit: scale.unit,
    page: filter.page,
    // With a filter that the gateway ignored, its total counts other rows too.
    total: isFiltered ? total : undefined,
    isTotalLeast: isFiltered && total !== undefined && mayBeCountLimit(total) && more ? true : undefined,
    rows,
    sent: wireRows.length === rows.length ? undefined : wireRows.length,
    unreadable: wireRows.length === parsedRows.length ? undefined : wireRows.length - parsedRows.length,
    appliedHere: appliedHere.length === 0 ? undefined : appliedHere,
    notApplied: notApplied.length === 0 ? undefined : notApplied,
    more,
    summary: isFiltered ? await summaryFor(context, filter, query, rows, scale) : undefined,
  };
}

/** The summary for the filter. The gateway's ignores the type and the request id, so there is none with those. */
async function summaryFor(
  context: GatewayContext,
  filter: LogFilter,
  query: GatewayRequest['query'],
  rows: readonly LogRow[],
  scale: Scale,
): Promise<LogPage['summary']> {
  const { type, requestId } = filter;
  if (requestId !== undefined || (type !== undefined && type !== 'consume')) return undefined;
  const summary = await requestSummary(context, query, scale);
  if (!summary) return undefined;
  const pageTotal = rows.reduce((sum, row) => sum + (row.type === 'consume' ? (row.amount ?? 0) : 0), 0);
  // The spend of a page is part of the total; rounding allowed.
  const isContradicted = pageTotal > summary.used * 1.000001 + 0.000001;
  return isContradicted ? { ...summary, isContradicted } : summary;
}

/** A failure of the summary does not lose the rows. */
async function requestSummary(
  context: GatewayContext,
  query: GatewayRequest['query'],
  scale: Scale,
): Promise<LogPage['summary']> {
  try {
    return summaryOf((await requestAccount(context, '/api/log/self/stat', query)).payload, scale);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return undefined;
  }
}

interface WirePage {
  readonly wireRows: readonly unknown[];
  readonly total?: number;
  readonly more: boolean;
}

/**
 * New API: pages from 1 with a total. Old versions and One API: bare arrays from 0 of the gateway's own size,
 * so the first answer is that of the next page.
 */
async function requestFilteredPage(
  context: GatewayContext,
  filter: LogFilter,
  query: GatewayRequest['query'],
): Promise<WirePage> {
  const { page, pageSize } = filter;
  const ask = (p: number) => requestLogPage(context, { p, page_size: pageSize, ...query });
  const answer = await ask(page);
  if (answer.isBare) return { wireRows: (await ask(page - 1)).rows, more: answer.rows.length > 0 };
  const { rows: wireRows, total } = answer;
  const isFull = wireRows.length >= pageSize;
  if (total === undefined) return { wireRows, more: isFull };
  return { wireRows, total, more: page * pageSize < total || (isFull && mayBeCountLimit(total)) };
}

const statSchema = v.object({ quota: wireSpent, rpm: number, tpm: number });

function summaryOf(payload: unknown, scale: Scale): LogPage['summary'] {
  const parsed = v.safeParse(statSchema, payload);
  if (!parsed.success) return undefined;
  const { quota, rpm, tpm } = parsed.output;
  return { used: amountOf(quota, scale), rpm, tpm };
}

/** The filter as New API's query. Bounds are whole epoch seconds, both included. */
function filterQuery(filter: Partial<LogFilter>): Record<string, string | number | undefined> {
  return {
    type: logTypeNumber(filter.type),
    token_name: filter.keyName,
    model_name: filter.model,
    group: filter.group,
    request_id: filter.requestId,
    start_timestamp: filter.from === undefined ? undefined : Math.ceil(filter.from / 1000),
    end_timestamp: filter.to === undefined ? undefined : Math.floor(filter.to / 1000),
  };
}
