import * as v from 'valibot';
import type { LogFilter, LogPage, LogRow, LogType } from '../quota/logRow.ts';
import { localDay, type Range } from '../quota/range.ts';
import { Tally } from '../quota/tally.ts';
import { amountOf, type Scale } from '../quota/unit.ts';
import type { Usage } from '../quota/usage.ts';
import { accountPayload } from './accountAccess.ts';
import { jsonOf, payloadOf } from './answers.ts';
import type { Visit } from './gateway.ts';
import { keyRefusal } from './tokenUsage.ts';
import { isoTime, lenient, plainText, wireFlag, wireNumber } from './wire.ts';

const TYPES: Readonly<Record<number, LogType>> = {
  1: 'topUp',
  2: 'consume',
  3: 'manage',
  4: 'system',
  5: 'error',
  6: 'refund',
  7: 'login',
};
const NAME_LENGTH = 100;
/** What New API returns for a key's own log at most. */
export const KEY_LOG_ROWS = 1000;

const text = lenient(v.string());
const number = lenient(wireNumber);

const rowSchema = v.object({
  id: number,
  created_at: wireNumber,
  type: wireNumber,
  content: text,
  token_name: text,
  model_name: text,
  quota: number,
  prompt_tokens: number,
  completion_tokens: number,
  use_time: number,
  is_stream: lenient(wireFlag),
  group: text,
  ip: text,
  request_id: text,
});

/** A row as the wire has it, with its amount still in raw quota units. */
export type WireLogRow = v.InferOutput<typeof rowSchema>;

/** The rows of a log that can be read at all; one odd row does not spoil the others. */
export function parseLogRows(wire: unknown): WireLogRow[] {
  if (!Array.isArray(wire)) return [];
  return wire.flatMap(row => {
    const parsed = v.safeParse(rowSchema, row);
    return parsed.success ? [parsed.output] : [];
  });
}

/** The spend a row stands for, in raw units: refunds give back, everything else is not spend. */
export function spendOf({ type, quota }: WireLogRow): number {
  if (type === 2) return quota ?? 0;
  return type === 6 ? -Math.abs(quota ?? 0) : 0;
}

/** Adds a row to a tally, if it is about spend. */
export function tallyRow(tally: Tally, row: WireLogRow): void {
  if (row.type !== 2 && row.type !== 6) return;
  tally.add({
    day: localDay(row.created_at * 1000),
    key: plainText(row.token_name ?? '', NAME_LENGTH),
    model: plainText(row.model_name ?? '', NAME_LENGTH),
    raw: spendOf(row),
    requests: row.type === 2 ? 1 : 0,
    tokens: (row.prompt_tokens ?? 0) + (row.completion_tokens ?? 0),
  });
}

/**
 * Spend in a range from the key's own log, `GET /api/log/token`: its last 1000 rows at most, without a
 * filter. Where the oldest row is younger than the range, the figures say from when they count.
 */
export async function readKeyLogUsage(visit: Visit, range: Range, scale: Scale): Promise<Usage> {
  const answer = await visit.ask({ path: '/api/log/token', secretIn: 'bearer', limiter: 'scarce' });
  const json = jsonOf(answer, keyRefusal);
  payloadOf(json, answer.status, keyRefusal);
  const rows = parseLogRows(json.data);
  const tally = new Tally();
  let oldest = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const at = row.created_at * 1000;
    oldest = Math.min(oldest, at);
    if (at >= range.from && at <= range.to) tallyRow(tally, row);
  }
  const isCut = rows.length >= KEY_LOG_ROWS;
  const complete = !isCut || oldest <= range.from;
  return {
    unit: scale.unit,
    total: tally.total(scale.perUnit),
    byDay: tally.rows('day', scale.perUnit),
    byModel: tally.rows('model', scale.perUnit),
    coverage: {
      complete,
      from: new Date(complete ? range.from : oldest).toISOString(),
      to: new Date(Math.min(range.to, visit.now())).toISOString(),
      reason: complete ? undefined : 'last-rows',
    },
    source: 'logs',
  };
}

/** One page of the account's log with its summary: `GET /api/log/self` and `/api/log/self/stat`. */
export async function readAccountLogs(visit: Visit, filter: LogFilter, scale: Scale): Promise<LogPage> {
  const query = queryOf(filter);
  const list = await accountPayload(visit, '/api/log/self', {
    p: filter.page,
    page_size: filter.pageSize,
    ...query,
  });
  const isPaged = !Array.isArray(list.data);
  const page = isPaged
    ? (list.payload as { items?: unknown; total?: unknown })
    : { items: list.data, total: undefined };
  const rows = parseLogRows(page.items);
  const total = v.is(wireNumber, page.total) ? Number(page.total) : undefined;
  const stat = await accountPayload(visit, '/api/log/self/stat', query);
  return {
    unit: scale.unit,
    page: filter.page,
    total,
    rows: rows.map(row => logRowOf(row, scale)),
    more: total === undefined ? rows.length >= filter.pageSize : filter.page * filter.pageSize < total,
    summary: summaryOf(stat.payload, scale),
  };
}

const statSchema = v.object({ quota: wireNumber, rpm: number, tpm: number });

function summaryOf(payload: unknown, scale: Scale): LogPage['summary'] {
  const parsed = v.safeParse(statSchema, payload);
  if (!parsed.success) return undefined;
  const { quota, rpm, tpm } = parsed.output;
  return { used: amountOf(quota, scale), rpm, tpm };
}

/** The filter in New API's words. Bounds are whole seconds, both included. */
export function queryOf(filter: Partial<LogFilter>): Record<string, string | number | undefined> {
  const type = Object.entries(TYPES).find(([, name]) => name === filter.type)?.[0];
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

function logRowOf(row: WireLogRow, scale: Scale): LogRow {
  const clean = (value: string | undefined) => (value ? plainText(value, NAME_LENGTH) : undefined);
  return {
    at: isoTime(row.created_at) ?? new Date(0).toISOString(),
    type: TYPES[row.type] ?? 'other',
    keyName: plainText(row.token_name ?? '', NAME_LENGTH),
    model: plainText(row.model_name ?? '', NAME_LENGTH),
    amount: amountOf(row.quota ?? 0, scale),
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    seconds: row.use_time,
    streamed: row.is_stream,
    group: clean(row.group),
    requestId: clean(row.request_id),
    address: clean(row.ip),
    text: clean(row.content),
  };
}
