import * as v from 'valibot';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import type { LogRow, LogType } from '../../core/usage/logRow.ts';
import { lenient, wireCount, wireFlag, wireNumber } from '../fields.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { wireSeconds } from '../wireTime.ts';
import { displayNameOf } from './originalNames.ts';
import { amountIn, NAME_LENGTH, spendOf } from './spendRows.ts';

const LOG_TYPE_BY_NUMBER: Readonly<Record<number, LogType>> = {
  1: 'topUp',
  2: 'consume',
  3: 'manage',
  4: 'system',
  5: 'error',
  6: 'refund',
  7: 'login',
};

const text = lenient(v.string());
const number = lenient(wireNumber);
const count = lenient(wireCount);

const rowSchema = v.object({
  id: number,
  created_at: wireSeconds,
  type: wireNumber,
  content: text,
  token_name: text,
  model_name: text,
  quota: number,
  prompt_tokens: count,
  completion_tokens: count,
  use_time: count,
  elapsed_time: count,
  request_time: count,
  is_stream: lenient(wireFlag),
  group: text,
  ip: text,
  source_ip: text,
  request_id: text,
});

/** A parsed row; `quota` is in raw units, `created_at` in epoch seconds. */
export type WireLogRow = v.InferOutput<typeof rowSchema>;

/** Parses rows for the logs panel; those that cannot be read are dropped. */
export function parseLogRows(wire: readonly unknown[]): WireLogRow[] {
  return wire.flatMap(row => {
    const parsed = v.safeParse(rowSchema, row);
    return parsed.success ? [parsed.output] : [];
  });
}

/** The number of a type in the gateway's filter. */
export function logTypeNumber(type: LogType | undefined): string | undefined {
  return Object.entries(LOG_TYPE_BY_NUMBER).find(([, name]) => name === type)?.[0];
}

/** A row in the scale's unit. */
export function logRowOf(row: WireLogRow, scale: Scale): LogRow {
  const clean = (value: string | undefined) => (value ? sanitizeText(value, NAME_LENGTH) : undefined);
  const { name, trueName } = displayNameOf(row.token_name ?? '');
  const told = amountIn(row.type, row.quota);
  const quota = told && spendOf({ ...row, quota: told });
  return {
    at: isoTime(row.created_at * 1000),
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

/** One API has `elapsed_time`, one-hub `request_time`, both in milliseconds. */
function millisecondsToSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
