import type { SiteParts } from '../site.ts';
import type { AccountState } from '../state/accountState.ts';
import { LOG_TYPES, type LogRow } from '../state/logRow.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { accountOf, isReply } from './account.ts';
import { dollars } from './key.ts';
import { refusal } from './refusal.ts';

const DAY = 86_400;
const ACTIVITY_DAYS = 30;

/** `POST /api/v1/analytics/query`: spend in a range by day and up to two dimensions; counts are text. */
export function analytics(call: Call, parts: SiteParts): Reply {
  const account = accountOf(call, parts);
  if (isReply(account)) return account;
  const { openRouter } = parts.settings;
  if (!openRouter.hasAnalytics) return refusal(403, 'Analytics are not available to this account');
  const query = JSON.parse(call.body) as AnalyticsQuery;
  if (query.dimensions.length > 2) return refusal(400, 'At most 2 dimensions are allowed');
  const from = Date.parse(query.time_range.start) / 1000;
  const to = Date.parse(query.time_range.end) / 1000;
  const groups = groupsOf(rowsOf(account, parts), from, to, row => [
    dayOf(row.at),
    ...query.dimensions.map(name => (name === 'model' ? row.model : keyName(row, parts))),
  ]);
  const rows = groups.map(({ names: [day, ...names], used, requests, tokens }) => ({
    date__day: `${day}T00:00:00.000Z`,
    ...Object.fromEntries(query.dimensions.map((name, index) => [name, names[index]])),
    credits_usage: used,
    request_count: String(requests),
    tokens_total: String(tokens),
  }));
  const data = rows.slice(0, openRouter.analyticsRows);
  const metadata = { query_time_ms: 17, row_count: data.length, truncated: data.length < rows.length };
  return plainJson(200, { data: { data, metadata } });
}

interface AnalyticsQuery {
  readonly dimensions: readonly ('api_key_id' | 'model')[];
  readonly time_range: { readonly start: string; readonly end: string };
}

/** `GET /api/v1/activity`: the last thirty days that are over, by model. */
export function activity(call: Call, parts: SiteParts): Reply {
  const account = accountOf(call, parts);
  if (isReply(account)) return account;
  const today = Math.floor(parts.clock() / 1000 / DAY) * DAY;
  const rows = rowsOf(account, parts);
  const groups = groupsOf(rows, today - ACTIVITY_DAYS * DAY, today, row => [dayOf(row.at), row.model]);
  const data = groups.map(({ names: [date, model], used, requests, prompt, completion }) => ({
    date,
    model,
    model_permaslug: model,
    provider_name: 'Sample',
    usage: used,
    byok_usage_inference: 0,
    requests,
    prompt_tokens: prompt,
    completion_tokens: completion,
    reasoning_tokens: 0,
  }));
  return plainJson(200, { data });
}

function rowsOf({ name }: AccountState, { holdings }: SiteParts): readonly LogRow[] {
  return holdings.log.select({ account: name, type: LOG_TYPES.consume });
}

function keyName(row: LogRow, { holdings }: SiteParts): string {
  return row.key === undefined ? '' : holdings.key(row.key).name;
}

function dayOf(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

interface Group {
  readonly names: readonly string[];
  used: number;
  requests: number;
  tokens: number;
  prompt: number;
  completion: number;
}

function groupsOf(
  rows: readonly LogRow[],
  from: number,
  to: number,
  namesOf: (row: LogRow) => string[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    if (row.at < from || row.at >= to) continue;
    const names = namesOf(row);
    const id = JSON.stringify(names);
    const group = groups.get(id) ?? { names, used: 0, requests: 0, tokens: 0, prompt: 0, completion: 0 };
    groups.set(id, group);
    group.used += dollars(row.quota);
    group.requests += 1;
    group.tokens += row.promptTokens + row.completionTokens;
    group.prompt += row.promptTokens;
    group.completion += row.completionTokens;
  }
  return [...groups.values()];
}
