import { plainJson } from '../wire/reply.ts';
import { costDays, pageOf } from './costDays.ts';
import type { SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const bucket = (start_time: number, ...results: readonly unknown[]) => ({
  object: 'bucket',
  start_time,
  end_time: start_time + 86_400,
  results,
});
const cost = (value: unknown, line_item: string | null = 'gpt-4.1, input', currency = 'usd') => ({
  object: 'organization.costs.result',
  amount: { value, currency },
  line_item,
  project_id: null,
});
const JUNE_1 = Date.UTC(2026, 5, 1) / 1000;
const told = (...data: readonly unknown[]) => ({ data: { data, has_more: false, next_page: null } });

const NO_SCOPE =
  'You have insufficient permissions for this operation. Missing scopes: api.usage.read. Check that you have the correct role.';

/** `api.openai.com`, for admin keys: costs by day, and a limit of spend, which not every organization has. */
export const openAi: SimpleKind = {
  path: '/v1/organization/costs',
  credential: 'managementKey',
  body: ({ query, spent }) => {
    const [from, to] = [Number(query.get('start_time')), Number(query.get('end_time'))];
    const { page, ...more } = pageOf(costDays(spent, from, to), query);
    const data = page.map(day =>
      bucket(day.from, ...day.costs.map(({ model, dollars }) => cost(dollars, model))),
    );
    return { object: 'page', data, ...more };
  },
  beside: {
    path: '/v1/organization/spend_limit',
    answer: ({ key }) =>
      key.unlimited
        ? plainJson(404, { error: { message: 'No spend limit is set', type: 'invalid_request_error' } })
        : plainJson(200, {
            object: 'organization.spend_limit',
            threshold_amount: 1250,
            currency: 'USD',
            interval: 'month',
            enforcement: { status: 'enforcing' },
          }),
  },
  refusal: plainJson(401, {
    error: {
      message: 'Incorrect API key provided: sk-admin-CANARY. You can find your API key at the platform.',
      type: 'invalid_request_error',
      code: 'invalid_api_key',
      param: null,
    },
  }),
  scenarios: {
    ok: told(bucket(JUNE_1, cost(2.5), cost(0.75, 'gpt-4.1, output')), bucket(JUNE_1 + 86_400)),
    'no-limit': { holds: { unlimited: true }, ...told(bucket(JUNE_1, cost(3.25))) },
    strings: told(bucket(JUNE_1, cost('3.25'))),
    'no-spend': told(bucket(JUNE_1)),
    overspent: told(bucket(JUNE_1, cost(13))),
    'line-item-null': told(bucket(JUNE_1, cost(3.25, null))),
    'minus-1': told(bucket(JUNE_1, cost(-1), cost(3.25))),
    'other-currency': told(bucket(JUNE_1, cost(3.25), cost(1, 'x', 'eur'))),
    'other-day': told(bucket(JUNE_1, cost(3.25)), bucket(JUNE_1 - 86_400, cost(1))),
    'more-untold': { data: { data: [bucket(JUNE_1, cost(3.25))], has_more: true, next_page: null } },
    'day-twice': told(bucket(JUNE_1, cost(3.25)), bucket(JUNE_1, cost(3.25))),
    'cost-999999999': told(bucket(JUNE_1, cost(999_999_999), cost(3.25))),
    'no-days': told(),
    'days-null': { data: { data: null } },
    'scope-403': {
      reply: plainJson(403, { error: NO_SCOPE }),
    },
    'scope-401': {
      reply: plainJson(401, {
        error: { message: NO_SCOPE, type: 'invalid_request_error', param: null, code: null },
      }),
    },
    ...wireTroubles,
  },
  secretPrefix: 'sk-admin-',
  handle: 'openai-admin',
  sample: { label: 'OpenAI – organization', left: 0, used: 9.5, models: ['gpt-4.1'], pace: 0.1 },
  wallet: 0,
};
