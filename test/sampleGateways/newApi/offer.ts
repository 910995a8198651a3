import { json, type Reply } from '../wire/reply.ts';
import { fullCheck } from './keyAuth.ts';
import type { NewApiCall } from './newApiCall.ts';

/** A model as the public page of prices tells it: by tokens where `quota_type` is 0, else by requests. */
interface Offered {
  readonly model_name: string;
  readonly quota_type: 0 | 1;
  readonly model_ratio: number;
  readonly completion_ratio: number;
  readonly model_price: number;
  readonly enable_groups: readonly string[];
  readonly billing_mode?: string;
}

/** A ratio of 1 is $2.00 for a million tokens. */
const OFFERED: readonly Offered[] = [
  byTokens('gpt-4.1', 1, 4, ['default', 'vip']),
  byTokens('claude-sonnet', 1.5, 5, ['all']),
  byTokens('gpt-free', 0, 1, ['default']),
  { ...byTokens('gpt-tiered', 1, 4, ['default']), billing_mode: 'tiered_expr' },
  { ...byTokens('dall-e-3', 0, 0, ['default']), quota_type: 1, model_price: 0.04 },
];
const GROUP_RATIO = { default: 1, vip: 0.5 };

function byTokens(
  model_name: string,
  model_ratio: number,
  completion_ratio: number,
  enable_groups: readonly string[],
): Offered {
  return { model_name, quota_type: 0, model_ratio, completion_ratio, model_price: 0, enable_groups };
}

/** `GET /v1/models`: what a key may call. */
export function models(call: NewApiCall): Reply {
  const checked = fullCheck(call);
  if (checked.refusal) return checked.refusal;
  const { modelLimits, modelLimitsEnabled } = checked.key;
  const names = modelLimitsEnabled ? modelLimits.split(',') : OFFERED.map(({ model_name }) => model_name);
  const data = names.map(id => ({ id, object: 'model', created: 1626777600, owned_by: 'custom' }));
  return json(200, { data, object: 'list', success: true });
}

/** `GET /api/pricing`: what models cost, for anybody. */
export function pricing(): Reply {
  return json(200, { auto_groups: [], data: OFFERED, group_ratio: GROUP_RATIO, success: true, vendors: [] });
}
