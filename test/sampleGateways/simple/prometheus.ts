import { plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const NOON = Date.UTC(2026, 5, 15, 12) / 1000;
const HOUR = 3600;
/** What an instant query tells of one series: the value is text, its time that of the query. */
const sample = (metric: string, labels: Record<string, string>, value: number | string, at = NOON) => ({
  metric: { __name__: metric, server_address: 'gw.example', ...labels },
  value: [at, String(value)],
});
type Sample = ReturnType<typeof sample>;

/** A key as `key-quota serve` tells of it: of `granted` so much is left. */
const own = (id: string, name: string, unit: string, left: number, granted: number, at = NOON): Sample[] => {
  const labels = { key_id: id, key_name: name };
  return [
    sample(`key_quota_remaining_${unit}`, labels, left, at),
    sample(`key_quota_limit_${unit}`, labels, granted, at),
    sample(`key_quota_usage_${unit}`, labels, granted - left, at),
    sample('key_quota_unlimited', labels, 0, at),
    sample('key_quota_status', { ...labels, status: 'ok' }, 1, at),
    sample('key_quota_status', { ...labels, status: 'low' }, 0, at),
    sample(
      'key_quota_key_info',
      { ...labels, kind: 'newApi', credential: 'apiKey', expires: 'never' },
      1,
      at,
    ),
    sample('key_quota_reading_timestamp_seconds', labels, at - 300, at),
  ];
};
const liteLlm = (alias: string, left: number | string, most: number | string): Sample[] => {
  const labels = { hashed_api_key: `digest of ${alias}`, api_key_alias: alias };
  return [
    sample('litellm_remaining_api_key_budget_metric', labels, left),
    sample('litellm_api_key_max_budget_metric', labels, most),
  ];
};
const onWatch = (provider: string, quota: string, used: number | string, reset?: number): Sample[] => {
  const labels = { provider, quota_type: quota, account_id: '1' };
  return [
    sample('onwatch_quota_utilization_percent', labels, used),
    ...(reset === undefined ? [] : [sample('onwatch_quota_reset_timestamp_seconds', labels, reset)]),
  ];
};
const result = (...samples: readonly unknown[]) => ({ data: { samples: samples.flat() } });
const failure = (status: number, errorType: string, error: string) =>
  plainJson(status, { status: 'error', errorType, error });
const BATCH = own('4e1c97d05b3f28b2', 'Batch', 'usd', 1, 20);

/** A Prometheus that scrapes a server of ours, LiteLLM and onWatch. */
export const prometheus: SimpleKind = {
  path: '/api/v1/query',
  body: ({ key, now, query }) => ({
    samples: own(
      '4e1c97d05b3f28a1',
      key.name,
      'usd',
      money(key.remain),
      money(key.used + key.remain),
      now / 1000,
    ),
    // When the oldest series without a time of its own was scraped: a minute ago.
    ...(query.get('query')?.startsWith('min(') && {
      scraped: { metric: {}, value: [now / 1000, String(now / 1000 - 60)] },
    }),
  }),
  wrap: ({ samples, scraped, warnings }) => ({
    status: 'success',
    ...(warnings !== undefined && { warnings }),
    data: { resultType: 'vector', result: scraped ? [scraped] : samples },
  }),
  // As Grafana refuses a token. A Prometheus itself takes whom what stands before it lets through.
  refusal: plainJson(401, {
    extra: null,
    message: 'Invalid API key',
    messageId: 'api-key.invalid',
    statusCode: 401,
    traceID: '',
  }),
  scenarios: {
    ok: {},
    two: result(own('4e1c97d05b3f28a1', 'Main', 'usd', 15, 20), BATCH),
    'other-unit': result(
      BATCH,
      own('4e1c97d05b3f28a1', 'Yuan', 'cny', 7, 70),
      own('c3', 'More', 'usd', 2, 4),
    ),
    'two-units': result(BATCH, [...own('c3', 'Both', 'usd', 2, 4), ...own('c3', 'Both', 'tokens', 9, 10)]),
    unlimited: result(
      sample('key_quota_unlimited', { key_id: 'a1', key_name: 'Free' }, 1),
      sample('key_quota_usage_usd', { key_id: 'a1', key_name: 'Free' }, 3),
      sample('key_quota_reading_timestamp_seconds', { key_id: 'a1', key_name: 'Free' }, NOON - 60),
    ),
    'without-name': result(own('4e1c97d05b3f28a1', '', 'usd', 15, 20)),
    expiring: result(
      BATCH,
      sample(
        'key_quota_expiry_timestamp_seconds',
        { key_id: '4e1c97d05b3f28b2', key_name: 'Batch' },
        NOON + 48 * HOUR,
      ),
    ),
    exhausted: result(
      sample('key_quota_remaining_usd', { key_id: 'a1', key_name: 'Gone' }, 0),
      sample('key_quota_status', { key_id: 'a1', key_name: 'Gone', status: 'exhausted' }, 1),
      sample('key_quota_reading_timestamp_seconds', { key_id: 'a1', key_name: 'Gone' }, NOON - 60),
    ),
    'one-old': result(
      BATCH,
      sample('key_quota_remaining_usd', { key_id: 'a1', key_name: 'Old' }, 9),
      sample('key_quota_reading_timestamp_seconds', { key_id: 'a1', key_name: 'Old' }, NOON - 30 * HOUR),
    ),
    'odd-time': result(
      BATCH,
      sample('key_quota_remaining_usd', { key_id: 'a1', key_name: 'Odd' }, 9),
      sample('key_quota_reading_timestamp_seconds', { key_id: 'a1', key_name: 'Odd' }, -3601),
    ),
    exponents: result(
      sample('key_quota_remaining_usd', { key_id: 'a1', key_name: 'Large' }, '1.5e+03'),
      sample('key_quota_limit_usd', { key_id: 'a1', key_name: 'Large' }, '2e+03'),
      sample('key_quota_reading_timestamp_seconds', { key_id: 'a1', key_name: 'Large' }, '1.78152474e+09'),
    ),
    'one-unreadable': result(
      BATCH,
      sample('key_quota_remaining_usd', { key_id: 'c3', key_name: 'Odd' }, 'NaN'),
    ),
    'lite-llm': result(
      liteLlm('ml', 4.5, 10),
      liteLlm('free', '+Inf', '+Inf'),
      liteLlm('', 2, '+Inf'),
      liteLlm('over', -1, 5),
    ),
    'on-watch': result(
      onWatch('anthropic', 'five_hour', 35, NOON + 2 * HOUR),
      onWatch('codex', 'weekly', 100),
      onWatch('zai', 'tokens', -1),
    ),
    all: result(BATCH, liteLlm('ml', 4.5, 10), onWatch('anthropic', 'five_hour', 35)),
    'without-lite-llm': result(BATCH, onWatch('anthropic', 'five_hour', 35)),
    // As Thanos and Mimir answer where one of their stores does not.
    partial: { data: { samples: BATCH, warnings: ['No StoreAPIs matched for this query'] } },
    empty: result(),
    'other-metrics': result(sample('up', { job: 'x' }, 1)),
    'without-key-id': result(sample('key_quota_remaining_usd', { key_name: 'Main' }, 9)),
    'result-null': { data: { samples: null } },
    'result-object': { data: { samples: {} } },
    'bad-query': { reply: failure(400, 'bad_data', 'invalid parameter "query"') },
    overloaded: { reply: failure(503, 'unavailable', 'query queue is full') },
    ...wireTroubles,
  },
  secretPrefix: 'glsa_',
  handle: 'prometheus-team',
  sample: { label: 'Prometheus – platform team', left: 31, used: 19, models: [], pace: 0.1 },
  wallet: 50,
};
