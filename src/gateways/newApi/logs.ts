import * as v from 'valibot';
import { GatewayError } from '../../core/quota/failure.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { LocalHours } from '../../core/usage/localHours.ts';
import type { LogFilter, LogPage, LogRow, LogType } from '../../core/usage/logRow.ts';
import type { UsageSum } from '../../core/usage/usageSum.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import {
  lenient,
  parseNumber,
  parseSeconds,
  sanitizeText,
  wireFlag,
  wireNumber,
  wireSeconds,
  wireSpent,
} from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { requestAccount } from './accountRequest.ts';
import { applyFilterLocally } from './logFilters.ts';
import { mayBeCountLimit, requestLogPage } from './logPage.ts';
import { displayNameOf, originalNameFor } from './originalNames.ts';

const LOG_TYPE_BY_NUMBER: Readonly<Record<number, LogType>> = {
  1: 'topUp',
  2: 'consume',
  3: 'manage',
  4: 'system',
  5: 'error',
  6: 'refund',
  7: 'login',
};
const NAME_LENGTH = 100;
/** Numbers of the types that are spend. */
const CONSUME = 2;
const REFUND = 6;

const text = lenient(v.string());
const number = lenient(wireNumber);

const rowSchema = v.object({
  id: number,
  created_at: wireSeconds,
  type: wireNumber,
  content: text,
  token_name: text,
  model_name: text,
  quota: number,
  prompt_tokens: number,
  completion_tokens: number,
  use_time: number,
  elapsed_time: number,
  request_time: number,
  is_stream: lenient(wireFlag),
  group: text,
  ip: text,
  source_ip: text,
  request_id: text,
});

/** A parsed row; `quota` is in raw units, `created_at` in epoch seconds. */
type WireLogRow = v.InferOutput<typeof rowSchema>;

/** The members of a row that are about spend. */
export type SpendRow = Pick<
  WireLogRow,
  | 'id'
  | 'created_at'
  | 'type'
  | 'token_name'
  | 'model_name'
  | 'quota'
  | 'prompt_tokens'
  | 'completion_tokens'
  | 'request_id'
>;

/** Parses rows; those that cannot be read are dropped. */
function parseLogRows(wire: readonly unknown[]): WireLogRow[] {
  return wire.flatMap(row => {
    const parsed = v.safeParse(rowSchema, row);
    return parsed.success ? [parsed.output] : [];
  });
}

/**
 * The same for spend alone, and without a schema, which would create an object for every member of millions
 * of rows. Rows of spend without a readable amount are dropped: they are not free.
 */
export function parseSpendRows(wire: readonly unknown[]): SpendRow[] {
  return wire.map(spendRowOf).filter(row => row !== undefined);
}

function spendRowOf(wire: unknown): SpendRow | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const row = wire as Readonly<Record<string, unknown>>;
  const created_at = parseSeconds(row.created_at);
  const type = parseNumber(row.type);
  const quota = type === undefined ? undefined : amountIn(type, parseNumber(row.quota));
  if (created_at === undefined || type === undefined) return undefined;
  if (quota === undefined && isSpend(type)) return undefined;
  return {
    id: parseNumber(row.id),
    created_at,
    type,
    token_name: stringOf(row.token_name),
    model_name: stringOf(row.model_name),
    quota,
    prompt_tokens: parseNumber(row.prompt_tokens),
    completion_tokens: parseNumber(row.completion_tokens),
    request_id: stringOf(row.request_id),
  };
}

function isSpend(type: number): boolean {
  return type === CONSUME || type === REFUND;
}

/** The amount of a row in raw units. Only a refund's may be negative: what a request cost never is. */
function amountIn(type: number, quota: number | undefined): number | undefined {
  return type === CONSUME && quota !== undefined && quota < 0 ? undefined : quota;
}

function stringOf(wire: unknown): string | undefined {
  return typeof wire === 'string' ? wire : undefined;
}

/** The spend of a row, in raw units; refunds are negative. */
function spendOf({ type, quota }: SpendRow): number {
  return type === REFUND ? -Math.abs(quota ?? 0) : (quota ?? 0);
}

/** The tokens of a request; undefined where the row has neither number. */
function tokensOf({ prompt_tokens: prompt, completion_tokens: completion }: SpendRow): number | undefined {
  return prompt === undefined && completion === undefined ? undefined : (prompt ?? 0) + (completion ?? 0);
}

/** Returns a function that adds rows of spend to a sum. A refund is no request. */
export function rowAdder(sum: Pick<UsageSum, 'add'>): (row: SpendRow) => void {
  const hours = new LocalHours();
  return row => {
    if (!isSpend(row.type)) return;
    const isRequest = row.type === CONSUME;
    const { day, hour } = hours.localHourAt(row.created_at * 1000);
    sum.add({
      day,
      hour,
      key: sanitizeText(row.token_name ?? '', NAME_LENGTH),
      model: sanitizeText(row.model_name ?? '', NAME_LENGTH),
      raw: spendOf(row),
      requests: isRequest ? 1 : 0,
      tokens: isRequest ? tokensOf(row) : 0,
    });
  };
}

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
  const type = Object.entries(LOG_TYPE_BY_NUMBER).find(([, name]) => name === filter.type)?.[0];
  return {
    type,
    token_name: filter.keyName,
    model_name: filter.model,
    group: filter.group,
    request_id: filter.requestId,
    start_timestamp: filter.from === undefined ? undefined : Math.ceil(filter.from / 1000),
    end_timestamp: filter.to === undefined ? undefined : Math.floor(filter.to / 1000),
  };
}

/** One API has `elapsed_time`, one-hub `request_time`, both in milliseconds. */
function millisecondsToSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

function logRowOf(row: WireLogRow, scale: Scale): LogRow {
  const clean = (value: string | undefined) => (value ? sanitizeText(value, NAME_LENGTH) : undefined);
  const { name, trueName } = displayNameOf(row.token_name ?? '');
  const quota = amountIn(row.type, row.quota);
  return {
    at: new Date(row.created_at * 1000).toISOString(),
    type: LOG_TYPE_BY_NUMBER[row.type] ?? 'other',
    keyName: name,
    ...(trueName !== undefined && { trueKeyName: trueName }),
    model: sanitizeText(row.model_name ?? '', NAME_LENGTH),
    amount: quota === undefined ? undefined : amountOf(quota, scale),
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    seconds: row.use_time ?? millisecondsToSeconds(row.elapsed_time ?? row.request_time),
    streamed: row.is_stream,
    group: clean(row.group),
    requestId: clean(row.request_id),
    address: clean(row.ip ?? row.source_ip),
    text: clean(row.content),
  };
}
