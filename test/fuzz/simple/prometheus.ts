import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const metric = objectJson({
  __name__: fc.constantFrom(
    '"key_quota_remaining_usd"',
    '"key_quota_limit_usd"',
    '"key_quota_usage_tokens"',
    '"key_quota_unlimited"',
    '"key_quota_expiry_timestamp_seconds"',
    '"key_quota_reading_timestamp_seconds"',
    '"litellm_remaining_api_key_budget_metric"',
    '"onwatch_quota_utilization_percent"',
    '"onwatch_quota_reset_timestamp_seconds"',
    'null',
  ),
  key_id: fc.constantFrom('"a1"', '"b2"', '""'),
  key_name: wire.text,
  api_key_alias: wire.text,
  provider: wire.text,
  quota_type: wire.text,
  status: fc.constantFrom('"ok"', '"expired"', '7'),
});
const value = fc
  .tuple(wire.number, fc.oneof(wire.number, fc.constantFrom('+Inf', 'NaN', '-Inf', '1e+09', '2.5e-07')))
  .map(([at, text]) => `[${JSON.stringify(at)}, ${JSON.stringify(String(text))}]`);

export const prometheusFuzz: SimpleFuzz = {
  kind: 'prometheus',
  title: 'Prometheus',
  body: objectJson({
    status: fc.constantFrom('"success"', '"success"', '"error"'),
    data: objectJson({
      resultType: fc.constant('"vector"'),
      result: listJson(objectJson({ metric, value })),
    }),
  }),
  works: true,
  refusals: [],
};
