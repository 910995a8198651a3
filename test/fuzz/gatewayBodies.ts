import * as fc from 'fast-check';
import { enveloped, listJson, objectJson, valueJson, wire } from './wireValues.ts';

export const usage = enveloped(
  objectJson({
    name: wire.text,
    total_granted: wire.number,
    total_used: wire.number,
    total_available: wire.number,
    unlimited_quota: wire.flag,
    model_limits: wire.models,
    model_limits_enabled: wire.flag,
    expires_at: wire.time,
    range_used: wire.number,
  }),
);
export const subscription = objectJson({
  hard_limit_usd: wire.number,
  soft_limit_usd: wire.number,
  system_hard_limit_usd: wire.number,
  access_until: wire.time,
});
export const billed = objectJson({ total_usage: wire.number });
export const user = enveloped(
  objectJson({
    username: wire.text,
    display_name: wire.text,
    quota: wire.number,
    used_quota: wire.number,
    request_count: wire.number,
  }),
);
const token = objectJson({
  id: wire.number,
  name: wire.text,
  status: wire.number,
  remain_quota: wire.number,
  used_quota: wire.number,
  unlimited_quota: wire.flag,
  expired_time: wire.time,
  model_limits_enabled: wire.flag,
  model_limits: wire.models,
});
export const tokens = enveloped(
  fc.oneof(objectJson({ items: listJson(token), total: wire.number }), listJson(token)),
);
const logRow = objectJson({
  id: wire.number,
  created_at: wire.time,
  type: fc.constantFrom('1', '2', '2', '2', '6', '"2"', '9'),
  content: wire.text,
  token_name: wire.text,
  model_name: wire.text,
  quota: wire.number,
  prompt_tokens: wire.number,
  completion_tokens: wire.number,
  use_time: wire.number,
  is_stream: wire.flag,
  group: wire.text,
  ip: wire.text,
  request_id: wire.text,
});
export const logRows = enveloped(
  fc.oneof(listJson(logRow), objectJson({ items: listJson(logRow), total: wire.number })),
);
export const hours = enveloped(
  listJson(
    objectJson({
      created_at: wire.time,
      model_name: wire.text,
      quota: wire.number,
      count: wire.number,
      token_used: wire.number,
    }),
  ),
);
export const models = objectJson({ data: listJson(objectJson({ id: wire.text })), success: wire.flag });
export const pricing = objectJson({
  data: listJson(
    objectJson({
      model_name: wire.text,
      quota_type: fc.constantFrom('0', '1', '2'),
      model_ratio: wire.number,
      completion_ratio: wire.number,
      model_price: wire.number,
      enable_groups: fc.constantFrom('["all"]', '["default"]', '[]', 'null'),
    }),
  ),
  group_ratio: objectJson({ default: wire.number, vip: wire.number }),
});
export const stat = enveloped(objectJson({ quota: wire.number, rpm: wire.number, tpm: wire.number }));
const day = fc.constantFrom('2026-06-13', '2026-06-14', '2026-06-15', '2020-01-01', 'not a day', '__proto__');
const days = fc
  .array(
    fc.tuple(
      day,
      listJson(objectJson({ token_name: wire.text, quota_used: wire.number, request_count: wire.number })),
    ),
    { maxLength: 4 },
  )
  .map(list => `{${list.map(([name, rows]) => `${JSON.stringify(name)}:${rows}`).join(',')}}`);
export const query = objectJson({
  username: wire.text,
  total_quota: wire.number,
  total_used_quota: wire.number,
  request_count: wire.number,
  keys: listJson(objectJson({ name: wire.text, remain_quota: wire.number, used_quota: wire.number })),
  daily_quota: days,
});
export const cheapKey = objectJson({
  budget: objectJson({
    spent: wire.number,
    limit: fc.oneof(wire.number, fc.constant('null')),
    duration: wire.text,
    resets_at: wire.time,
  }),
  rate_limits: objectJson({ rpm: wire.number, tpm: wire.number }),
  plan: objectJson({ slug: wire.text, status: wire.text, expires_at: wire.time }),
  credits: objectJson({ balance: wire.number }),
  key: objectJson({ name: wire.text, type: wire.text, created_at: wire.time }),
});
export const cheapAccountKey = objectJson({
  id: wire.text,
  name: wire.text,
  isActive: wire.flag,
  usage: objectJson({
    last24h: objectJson({ requests: wire.number, tokens: wire.number }),
    last7d: valueJson,
  }),
  subscription: objectJson({ expiresAt: wire.time }),
});
const cap = fc.oneof(wire.number, fc.constant('null'));
export const routerKey = objectJson({
  data: objectJson({
    label: wire.text,
    limit: cap,
    limit_remaining: cap,
    limit_reset: fc.constantFrom('"daily"', '"weekly"', '"monthly"', 'null'),
    usage: wire.number,
    // Nothing else is read of a key that says so: see `mixUps.test.ts`.
    is_management_key: fc.constantFrom('false', '0', 'null', '"no"'),
    expires_at: wire.time,
    free_model_daily_requests: objectJson({ used: wire.number, limit: wire.number, remaining: wire.number }),
    budgets: listJson(
      objectJson({
        scope: fc.constantFrom('"key"', '"guardrail"', '"workspace"', '"galaxy"'),
        limit_usd: cap,
        spend_usd: wire.number,
        remaining_usd: wire.number,
        reset_interval: fc.constantFrom('"daily"', '"monthly"', 'null'),
        resets_at: wire.time,
      }),
    ),
  }),
});
const routerRow = objectJson({
  hash: wire.text,
  name: wire.text,
  disabled: wire.flag,
  limit: cap,
  limit_remaining: cap,
  usage: wire.number,
  expires_at: wire.time,
});
export const routerKeys = objectJson({ data: listJson(routerRow) });
export const routerOneKey = objectJson({ data: routerRow });
export const routerCredits = objectJson({
  data: objectJson({ total_credits: wire.number, total_usage: wire.number }),
});
const routerDay = fc.constantFrom('"2026-06-13T00:00:00.000Z"', '"2026-06-14"', '"2020-01-01"', '"no day"');
export const routerAnalytics = objectJson({
  data: objectJson({
    data: listJson(
      objectJson({
        date__day: routerDay,
        api_key_id: wire.text,
        model: wire.text,
        credits_usage: wire.number,
        request_count: wire.number,
        tokens_total: wire.number,
      }),
    ),
    metadata: objectJson({ truncated: wire.flag }),
  }),
});
export const routerActivity = objectJson({
  data: listJson(
    objectJson({
      date: routerDay,
      model: wire.text,
      usage: wire.number,
      requests: wire.number,
      prompt_tokens: wire.number,
      completion_tokens: wire.number,
    }),
  ),
});
const liteCap = {
  max_budget: cap,
  budget_duration: fc.constantFrom('"1d"', '"30d"', 'null'),
  budget_reset_at: wire.time,
  rpm_limit: cap,
  tpm_limit: cap,
};
const liteBudgets = listJson(
  objectJson({ budget_duration: fc.constantFrom('"1h"', '"7d"'), max_budget: cap, reset_at: wire.time }),
);
const liteUses = objectJson({ '1h': objectJson({ current_spend: wire.number }) });
export const liteKey = objectJson({
  key: fc.constantFrom(JSON.stringify('a'.repeat(64)), '"sk-...abcd"'),
  info: objectJson({
    ...liteCap,
    key_alias: wire.text,
    spend: wire.number,
    total_spend: wire.number,
    expires: wire.time,
    models: wire.models,
    // A key that says so is disabled: see `liteLlm.test.ts`.
    blocked: fc.constantFrom('null', 'false', '"no"'),
    user_id: fc.constantFrom('"u1"', 'null'),
    team_id: fc.constantFrom('"t1"', 'null', 'null'),
    litellm_budget_table: fc.oneof(objectJson(liteCap), fc.constant('null')),
    budget_limits: liteBudgets,
    budget_limits_usage: liteUses,
    model_max_budget: objectJson({ o3: objectJson({ budget_limit: cap, time_period: fc.constant('"1d"') }) }),
  }),
});
const liteAbove = objectJson({
  ...liteCap,
  team_alias: wire.text,
  spend: wire.number,
  budget_limits: liteBudgets,
  budget_limits_usage: liteUses,
});
export const liteOwner = fc.oneof(
  liteAbove,
  objectJson({ team_info: liteAbove }),
  objectJson({ user_info: liteAbove }),
);
export const liteModels = objectJson({ data: listJson(objectJson({ id: wire.text })) });
const liteMetrics = objectJson({
  spend: wire.number,
  api_requests: wire.number,
  successful_requests: wire.number,
  total_tokens: wire.number,
});
const liteGroups = objectJson({ o3: fc.oneof(liteMetrics, objectJson({ metrics: liteMetrics })) });
export const liteActivity = objectJson({
  results: listJson(
    objectJson({
      date: fc.constantFrom('"2026-06-13"', '"2026-06-14"', '"2020-01-01"', '"no day"', '"2026-06-31"'),
      metrics: liteMetrics,
      breakdown: objectJson({ models: liteGroups, model_groups: liteGroups }),
    }),
  ),
  metadata: objectJson({ page: wire.number, total_pages: wire.number, has_more: wire.flag }),
});
const subFigures = { actual_cost: wire.number, requests: wire.number, total_tokens: wire.number };
export const subKey = objectJson({
  mode: fc.constantFrom('"quota_limited"', '"unrestricted"', 'null'),
  // A key that says so is not valid, or over: see `sub2Api.test.ts`.
  isValid: fc.constantFrom('true', '1', 'null'),
  status: fc.constantFrom('"active"', '"quota_exhausted"', 'null'),
  planName: fc.oneof(wire.text, fc.constant('"钱包余额"'), fc.constant('null')),
  remaining: wire.number,
  balance: wire.number,
  unit: fc.constantFrom('"USD"', '"CNY"', '"PTS"', 'null'),
  quota: objectJson({
    limit: cap,
    used: wire.number,
    remaining: wire.number,
    unit: fc.constantFrom('"USD"', '"CNY"', 'null'),
  }),
  rate_limits: listJson(
    objectJson({
      window: fc.constantFrom('"5h"', '"1d"', '"7d"'),
      limit: cap,
      used: wire.number,
      remaining: wire.number,
      reset_at: wire.time,
    }),
  ),
  subscription: fc.oneof(
    objectJson({
      daily_limit_usd: cap,
      daily_usage_usd: wire.number,
      weekly_limit_usd: cap,
      weekly_usage_usd: wire.number,
      monthly_limit_usd: cap,
      monthly_usage_usd: wire.number,
      weekly_window_start: wire.time,
      expires_at: wire.time,
    }),
    fc.constant('null'),
  ),
  expires_at: wire.time,
  usage: objectJson({ total: objectJson(subFigures), today: objectJson(subFigures) }),
});
export const subRange = objectJson({
  mode: fc.constantFrom('"quota_limited"', '"unrestricted"', 'null'),
  unit: fc.constantFrom('"USD"', '"CNY"', 'null'),
  usage: objectJson({ today: objectJson(subFigures) }),
  model_stats: listJson(objectJson({ model: wire.text, ...subFigures })),
  daily_usage: listJson(
    objectJson({
      date: fc.constantFrom('"2026-06-13"', '"2026-06-14"', '"2020-01-01"', '"no day"'),
      ...subFigures,
    }),
  ),
});
export const subSettings = enveloped(
  objectJson({
    site_name: wire.text,
    registration_enabled: fc.constantFrom('true', 'false'),
    api_base_url: wire.text,
    version: wire.text,
    server_timezone: fc.constantFrom('"Asia/Shanghai"', '"nowhere"', 'null'),
    server_utc_offset: fc.constantFrom('"+08:00"', '"x"', 'null'),
  }),
);
export const plans = listJson(
  objectJson({
    slug: wire.text,
    name: wire.text,
    priceUsdc: wire.number,
    rateLimits: objectJson({ rpm_limit: wire.number, tpm_limit: wire.number }),
  }),
);
export const statusPage = objectJson({
  system_name: wire.text,
  version: wire.text,
  quota_per_unit: wire.number,
  quota_display_type: fc.constantFrom('"USD"', '"CNY"', '"TOKENS"', '"CUSTOM"', '"X"', 'null'),
  display_in_currency: wire.flag,
  usd_exchange_rate: wire.number,
  custom_currency_symbol: wire.text,
  custom_currency_exchange_rate: wire.number,
  enable_data_export: wire.flag,
});

/** The body of a completion. */
export const completion = objectJson({
  id: wire.text,
  choices: valueJson,
  usage: objectJson({
    prompt_tokens: wire.number,
    completion_tokens: wire.number,
    total_tokens: wire.number,
  }),
});

/** The body of a streamed completion. */
export const stream = fc
  .array(fc.oneof(completion, valueJson), { maxLength: 3 })
  .map(events => [...events.map(json => `data: ${json}`), 'data: [DONE]', ''].join('\n\n'));
