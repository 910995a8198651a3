import { refusal } from '../openRouter/refusal.ts';
import { plainJson } from '../wire/reply.ts';
import { encodings } from './encodings.ts';
import { faults } from './faults.ts';
import { pages } from './pages.ts';
import { redirects } from './redirects.ts';
import type { ScenarioTable } from './scenario.ts';

// $74.50 of $100 a month are left, and $25.50 were used in all.
const MONTHLY = { remain: 37_250_000, used: 12_750_000, limitReset: 'monthly' } as const;
const budget = (scope: string, limit: number, remaining: number, more: Record<string, unknown> = {}) => ({
  scope,
  limit_usd: limit,
  remaining_usd: remaining,
  reset_interval: 'monthly',
  resets_at: '2026-07-01T00:00:00Z',
  include_byok: false,
  guardrail_id: null,
  budget_id: null,
  ...more,
});

/** Keys at OpenRouter. */
export const openRouterKeys: ScenarioTable = {
  ok: { holds: MONTHLY },
  capped: { holds: { remain: 37_250_000, used: 12_750_000 } },
  'capped-daily': { holds: { ...MONTHLY, limitReset: 'daily' } },
  'capped-weekly': { holds: { ...MONTHLY, limitReset: 'weekly' } },
  'capped-otherwise': { holds: { ...MONTHLY, limitReset: 'yearly' } },
  unlimited: { holds: { unlimited: true, used: 6_250_000 }, without: ['expires_at'] },
  // $61 were used in its life, and a little more than the $5 of this week.
  'used-up': { holds: { remain: -1500, used: 30_500_000, spentOfCap: 2_501_500, limitReset: 'weekly' } },
  'capped-used-up': { holds: { remain: 0, used: 2_500_000 } },
  'free-tier': {
    holds: { unlimited: true, used: 0 },
    data: { is_free_tier: true, free_model_daily_requests: { used: 50, limit: 50, remaining: 0 } },
  },
  'budgets-above': {
    holds: MONTHLY,
    data: {
      budgets: [
        budget('key', 100, 74.5),
        budget('workspace', 500, 12.25, { spend_usd: 487.75 }),
        budget('guardrail', 50, 20, { reset_interval: 'daily', resets_at: null }),
        budget('galaxy', 1, 0),
        budget('workspace', -1, -1),
        'budget',
      ],
    },
  },
  // What nobody can have left or used; and names that every object has.
  'budgets-odd': {
    holds: MONTHLY,
    data: {
      limit_reset: 'constructor',
      budgets: [
        budget('workspace', 500, 999_999_999, { spend_usd: -1 }),
        budget('guardrail', 50, 60, { spend_usd: 10, reset_interval: 'toString' }),
        budget('guardrail', 999_999_999, 20),
      ],
      free_model_daily_requests: { used: -1, limit: 50, remaining: 60 },
    },
  },
  expiring: { holds: { ...MONTHLY, expiresAt: 1_781_784_000 } },
  strings: { holds: MONTHLY, data: { limit: '100', limit_remaining: '74.50', usage: '25.5' } },
  'limit-minus-1': { holds: MONTHLY, data: { limit: -1, limit_remaining: -1 } },
  'limit-999999999': { holds: MONTHLY, data: { limit: 999_999_999, limit_remaining: 999_999_999 } },
  'usage-minus-1': { holds: MONTHLY, data: { usage: -1 } },
  'remaining-null': { holds: MONTHLY, data: { limit_remaining: null } },
  'remaining-999999999': { holds: MONTHLY, data: { limit_remaining: 999_999_999 } },
  'remaining-null-capped': { holds: { ...MONTHLY, limitReset: undefined }, data: { limit_remaining: null } },
  'limit-word': { holds: MONTHLY, data: { limit: 'plenty', limit_remaining: 'some' } },
  'nothing-readable': { reply: plainJson(200, { data: { limit: 'x', usage: [] } }) },
  'data-text': { reply: plainJson(200, { data: 'sk-or-v1-au7...890' }) },
  'error-200': { reply: plainJson(200, { error: { code: 200, message: 'Try again later' } }) },
  'credits-402': {
    reply: refusal(402, 'Insufficient credits. Add more.', { limit_source: 'openrouter_credits' }),
  },
  'credits-402-untold': { reply: refusal(402, 'Insufficient credits. Add more.') },
  'budget-403': {
    reply: refusal(403, 'Workspace budget exceeded', {
      limit_source: 'openrouter_workspace_budget',
      scope: 'workspace',
      limit_usd: 500,
      spend_usd: 500.25,
      resets_at: '2026-07-01T00:00:00Z',
    }),
  },
  'inflight-402': {
    reply: {
      ...refusal(402, 'Requests in flight', { limit_source: 'openrouter_in_flight_budget' }),
      headers: { 'Content-Type': 'application/json', 'Retry-After': '3' },
    },
  },
  'foreign-401': {
    reply: plainJson(401, { error: { type: 'authentication_error', message: 'User not found.', code: 401 } }),
  },
  'limited-429': { reply: refusal(429, 'Rate limit exceeded') },
  'down-500': { reply: refusal(500, 'Internal Server Error') },
  ...pages,
  ...redirects,
  ...faults,
  ...encodings,
};
