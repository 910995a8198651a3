import { plainJson } from '../wire/reply.ts';
import { costDays, pageOf } from './costDays.ts';
import type { SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
const bucket = (from: number, ...results: readonly unknown[]) => ({
  starting_at: iso(from),
  ending_at: iso(from + 86_400),
  results,
});
const cost = (amount: unknown, description: string | null = 'Claude Sonnet 4 Usage', currency = 'USD') => ({
  currency,
  amount,
  description,
  cost_type: 'tokens',
  workspace_id: null,
});
const JUNE_1 = Date.UTC(2026, 5, 1) / 1000;
const told = (...data: readonly unknown[]) => ({ data: { data, has_more: false, next_page: null } });

/** `api.anthropic.com`, for admin keys: costs by day, as text in cents. */
export const anthropic: SimpleKind = {
  path: '/v1/organizations/cost_report',
  credential: 'managementKey',
  body: ({ query, spent }) => {
    const [from = 0, to = 0] = ['starting_at', 'ending_at'].map(
      name => Date.parse(query.get(name) ?? '') / 1000,
    );
    const { page, ...more } = pageOf(costDays(spent, from, to), query);
    const data = page.map(day =>
      bucket(day.from, ...day.costs.map(({ model, dollars }) => cost((dollars * 100).toFixed(2), model))),
    );
    return { data, ...more };
  },
  refusal: plainJson(401, {
    type: 'error',
    error: { type: 'authentication_error', message: 'invalid x-api-key' },
  }),
  scenarios: {
    ok: told(bucket(JUNE_1, cost('250.00'), cost('75.00', 'Claude Haiku Usage')), bucket(JUNE_1 + 86_400)),
    numbers: told(bucket(JUNE_1, cost(325))),
    'no-spend': told(bucket(JUNE_1)),
    'nulls-inside': told(bucket(JUNE_1, cost('325.00', null))),
    'minus-1': told(bucket(JUNE_1, cost('-1'), cost('325.00'))),
    'other-currency': told(bucket(JUNE_1, cost('325.00'), cost('1', 'x', 'EUR'))),
    'more-untold': { data: { data: [bucket(JUNE_1, cost('325.00'))], has_more: true, next_page: null } },
    'no-days': told(),
    'more-missing': { data: { data: [bucket(JUNE_1, cost('325.00'))], has_more: null } },
    ...wireTroubles,
  },
  secretPrefix: 'sk-ant-admin01-',
  handle: 'anthropic-admin',
  sample: { label: 'Anthropic – organization', left: 0, used: 7.5, models: ['claude-sonnet-4-5'], pace: 0.1 },
  wallet: 0,
};
