import { seconds } from '../clock.ts';
import { LOG_TYPES, type LogRow } from '../state/logRow.ts';
import { GoStruct } from '../wire/goJson.ts';
import type { Reply } from '../wire/reply.ts';
import { accountCheck, accountSuccess } from './accountAuth.ts';
import { type NewApiCall, refuseLiteral } from './newApiCall.ts';

const LONGEST_RANGE = 2_592_000;
const HOUR = 3600;

/** `GET /api/data/self`: what each model spent in each hour, at most a month at a time. */
export function dataSelf(call: NewApiCall): Reply {
  const { account, refusal } = accountCheck(call);
  if (refusal) return refusal;
  const from = Number(call.query.get('start_timestamp')) || 0;
  const to = Number(call.query.get('end_timestamp')) || 0;
  if (to - from > LONGEST_RANGE) return refuseLiteral(200, '时间跨度不能超过 1 个月');
  if (call.status.enable_data_export === false) return accountSuccess([]);
  const { dataLag, sumsEvery } = call.settings;
  const now = seconds(call.clock) - dataLag;
  const written = sumsEvery === 0 ? now : now - (now % sumsEvery);
  const rows = call.holdings.log.select({ account: account.name, type: LOG_TYPES.consume, to: written });
  // The table holds whole hours, and the range is laid over their beginnings.
  const buckets = hourly(rows).filter(bucket => bucket.at >= from && bucket.at <= to);
  return accountSuccess(
    buckets.map(
      bucket =>
        new GoStruct({
          id: 0,
          user_id: account.id,
          username: account.name,
          model_name: bucket.model,
          created_at: bucket.at,
          token_used: bucket.tokens,
          count: bucket.count,
          quota: bucket.quota,
        }),
    ),
  );
}

interface Bucket {
  at: number;
  model: string;
  tokens: number;
  count: number;
  quota: number;
}

function hourly(rows: LogRow[]): Bucket[] {
  const buckets = new Map<string, Bucket>();
  for (const row of rows) {
    const at = row.at - (row.at % HOUR);
    const name = `${at} ${row.model}`;
    const bucket = buckets.get(name) ?? { at, model: row.model, tokens: 0, count: 0, quota: 0 };
    bucket.tokens += row.promptTokens + row.completionTokens;
    bucket.count += 1;
    bucket.quota += row.quota;
    buckets.set(name, bucket);
  }
  return [...buckets.values()].sort((a, b) => a.at - b.at);
}
