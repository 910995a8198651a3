import type { SiteParts } from '../site.ts';
import { LOG_TYPES, type LogRow } from '../state/logRow.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { dollars, hashOf, isReply, keyOf } from './key.ts';
import { detail } from './refusal.ts';

/**
 * `GET /user/daily/activity`: spend by day of UTC and model. A page ends after so many rows of a day and model, and its
 * totals are its own. Without the hash of a key it tells of all keys of the user, and the old version tells a key that is
 * nobody's what everybody spent.
 */
export function dailyActivity(call: Call, parts: SiteParts): Reply {
  const key = keyOf(call, parts);
  if (isReply(key)) return key;
  const isOld = parts.settings.liteLlm.version === '1.74.9';
  const isNobodys = key.scenario.data?.user_id === null;
  if (isNobodys && call.path.startsWith('/user/') && !isOld)
    return detail(403, { error: 'Service-account keys cannot query user analytics.' });
  const [from, to] = [call.query.get('start_date'), call.query.get('end_date')];
  if (!from || !to) return detail(400, { error: 'Please provide start_date and end_date' });
  const hash = call.query.get('api_key');
  const rows = parts.holdings.log
    .select({ type: LOG_TYPES.consume })
    .filter(row => row.key !== undefined && (isNobodys || row.account === key.account))
    .filter(row => !hash || hashOf(parts.holdings.key(row.key ?? '').secret) === hash)
    .filter(row => dayOf(row) >= from && dayOf(row) <= to);
  const all = [...Map.groupBy(rows, row => `${dayOf(row)} ${row.model}`).values()].toReversed();
  const size = Math.min(Number(call.query.get('page_size') ?? 50), parts.settings.liteLlm.pageRows);
  const page = Number(call.query.get('page') ?? 1);
  const shown = all.slice((page - 1) * size, page * size);
  const days = Map.groupBy(shown, ([row]) => (row ? dayOf(row) : ''));
  const pages = Math.max(1, Math.ceil(all.length / size));
  return plainJson(200, {
    results: [...days].map(([date, groups]) => dayResult(date, groups, parts)),
    metadata: {
      total_spend: metricsOf(shown.flat()).spend,
      page,
      total_pages: pages,
      has_more: page < pages,
    },
  });
}

function dayResult(date: string, groups: readonly LogRow[][], parts: SiteParts): Record<string, unknown> {
  const { isFlat } = parts.settings.liteLlm;
  const entry = (rows: readonly LogRow[]) =>
    isFlat ? metricsOf(rows) : { metrics: metricsOf(rows), metadata: {} };
  const models = Object.fromEntries(groups.map(rows => [`openai/${rows[0]?.model}`, entry(rows)]));
  const modelGroups = Object.fromEntries(groups.map(rows => [rows[0]?.model, entry(rows)]));
  const byKey = Map.groupBy(groups.flat(), row => hashOf(parts.holdings.key(row.key ?? '').secret));
  const apiKeys = Object.fromEntries([...byKey].map(([hash, rows]) => [hash, entry(rows)]));
  return {
    date,
    metrics: metricsOf(groups.flat()),
    breakdown: { models, model_groups: modelGroups, api_keys: apiKeys, providers: {} },
  };
}

function metricsOf(rows: readonly LogRow[]): Record<string, number> {
  const sum = (part: (row: LogRow) => number) => rows.reduce((total, row) => total + part(row), 0);
  const tokens = sum(row => row.promptTokens + row.completionTokens);
  return {
    spend: dollars(sum(row => row.quota)),
    prompt_tokens: sum(row => row.promptTokens),
    completion_tokens: sum(row => row.completionTokens),
    total_tokens: tokens,
    // One of them failed, and cost nothing.
    api_requests: rows.length + 1,
    successful_requests: rows.length,
    failed_requests: 1,
  };
}

function dayOf({ at }: LogRow): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}
