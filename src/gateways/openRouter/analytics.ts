import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { Range } from '../../core/usage/range.ts';
import { parseRows } from '../envelope.ts';
import { lenient, wireCount, wireFlag, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isoMsOf } from '../isoMs.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { requestJson } from './request.ts';
import { type SpendPart, type SpendRow, type SpendRows, utcDay } from './spendRows.ts';

const MAX_ROWS = 1000;
/** Grouped by fewer columns each time, in case there are too many rows for one answer. */
const ATTEMPTS: readonly (readonly SpendPart[])[] = [['api_key_id', 'model'], ['api_key_id'], []];

const text = lenient(v.nullable(v.string()));

const answerSchema = v.object({
  data: v.object({
    data: v.unknown(),
    metadata: lenient(v.object({ truncated: lenient(wireFlag) })),
  }),
});
/** Counts are text. Keys are by name, so that two of one name are one here. */
const rowSchema = v.object({
  date__day: v.string(),
  api_key_id: text,
  model: text,
  credits_usage: wireUsed,
  request_count: lenient(wireCount),
  tokens_total: lenient(wireCount),
});

/**
 * `POST /api/v1/analytics/query`: the exact range, by days of UTC. `credits_usage` is what was paid to OpenRouter,
 * without what users paid providers by keys of their own.
 * @throws GatewayError
 */
export async function readAnalytics(context: GatewayContext, range: Range): Promise<SpendRows> {
  for (const parts of ATTEMPTS) {
    const { rows, truncated } = await query(context, range, parts);
    if (truncated && parts.length > 0) continue;
    return spendRows(rows, parts, range, truncated, context.now());
  }
  throw failed('unexpected', 'missing-figures');
}

async function query(context: GatewayContext, { from, to }: Range, parts: readonly SpendPart[]) {
  const json = await requestJson(context, {
    path: '/api/v1/analytics/query',
    limiter: 'management',
    body: {
      metrics: ['credits_usage', 'request_count', 'tokens_total'],
      dimensions: parts,
      granularity: 'day',
      // Our ranges include their last millisecond; this one excludes its end.
      time_range: { start: new Date(from).toISOString(), end: new Date(to + 1).toISOString() },
      limit: MAX_ROWS,
    },
  });
  const parsed = v.safeParse(answerSchema, json);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const { data, metadata } = parsed.output.data;
  const rows = parseRows(data);
  return { rows, truncated: metadata?.truncated ?? rows.length >= MAX_ROWS };
}

function spendRows(
  wire: readonly unknown[],
  parts: readonly SpendPart[],
  range: Range,
  truncated: boolean,
  now: number,
): SpendRows {
  const rows = wire.flatMap(row => rowOf(row));
  const outside = rows.filter(({ day }) => day < utcDay(range.from) || day > utcDay(range.to));
  const coverage = {
    complete: !truncated,
    from: new Date(range.from).toISOString(),
    to: new Date(Math.min(range.to, now)).toISOString(),
    reason: truncated ? ('unreadable-rows' as const) : ('utc-days' as const),
  };
  return {
    rows: rows.filter(row => !outside.includes(row)),
    unreadable: wire.length - rows.length,
    coverage,
    parts,
  };
}

function rowOf(wire: unknown): SpendRow[] {
  const parsed = v.safeParse(rowSchema, wire);
  if (!parsed.success) return [];
  const { date__day, api_key_id, model, credits_usage, request_count, tokens_total } = parsed.output;
  const day = isoMsOf(date__day);
  if (day === undefined) return [];
  return [
    {
      day: utcDay(day),
      key: sanitizeText(api_key_id ?? '', 100),
      model: sanitizeText(model ?? '', 100),
      used: credits_usage,
      requests: request_count,
      tokens: tokens_total,
    },
  ];
}
