import { notAllowed } from '../liteLlm/key.ts';
import { refusal } from '../liteLlm/refusal.ts';
import { plainJson } from '../wire/reply.ts';
import { encodings } from './encodings.ts';
import { faults } from './faults.ts';
import { pages } from './pages.ts';
import { redirects } from './redirects.ts';
import type { ScenarioTable } from './scenario.ts';

// $6.75 of $10 are left.
const CAPPED = { remain: 3_375_000, used: 1_625_000 } as const;
const FREE = { remain: 0, used: 1_625_000, unlimited: true } as const;
const FIRST = '2026-07-01T00:00:00+00:00';
const MONTHLY = { budget_duration: '30d', budget_reset_at: FIRST };
const team = (more: Record<string, unknown> = {}) => ({
  team_id: 't1',
  team_alias: 'QA',
  spend: 1199.5,
  max_budget: 1200,
  ...MONTHLY,
  budget_reset_at: '2026-07-01T00:00:00Z',
  models: [],
  blocked: false,
  ...more,
});
const EXCEEDED = 'Budget has been exceeded! Current cost: 0.008835, Max budget: 0.003';

/** Virtual keys of LiteLLM's proxy. */
export const liteLlmKeys: ScenarioTable = {
  ok: { holds: CAPPED },
  monthly: { holds: CAPPED, data: MONTHLY },
  'monthly-old': { holds: CAPPED, data: MONTHLY, without: ['total_spend'] },
  unlimited: { holds: FREE },
  // A key without a user and a team.
  nobodys: { holds: FREE, data: { user_id: null } },
  'used-up': { holds: { remain: -3700, used: 3750 } },
  'zero-budget': { holds: { remain: 0, used: 0 } },
  'negative-budget': { holds: CAPPED, data: { max_budget: -7 } },
  'budget-minus-1': { holds: CAPPED, data: { max_budget: -1 } },
  'budget-999999999': {
    holds: { ...CAPPED, modelLimitsEnabled: true, modelLimits: 'claude-sonnet' },
    data: { max_budget: 999_999_999 },
  },
  'spend-minus-1': { holds: CAPPED, data: { spend: -1 } },
  'spend-2147483647': { holds: CAPPED, data: { spend: 2 ** 31 - 1 } },
  'spend-999999999': { holds: CAPPED, data: { spend: 999_999_999 } },
  'budget-word': { holds: CAPPED, data: { max_budget: 'plenty' } },
  'budget-missing': { holds: CAPPED, without: ['max_budget'] },
  strings: { holds: CAPPED, data: { max_budget: '10', spend: '3.25', total_spend: '3.25' } },
  tier: {
    holds: FREE,
    data: {
      litellm_budget_table: {
        max_budget: 5,
        budget_duration: '7d',
        budget_reset_at: '2026-06-22T00:00:00+00:00',
        tpm_limit: 9999,
        rpm_limit: 3,
      },
    },
  },
  'tier-above-own': {
    holds: CAPPED,
    data: { litellm_budget_table: { max_budget: 50, budget_duration: '7d' } },
  },
  'tier-unreadable': { holds: FREE, data: { litellm_budget_table: 'tier2' } },
  raised: {
    holds: CAPPED,
    data: { metadata: { temp_budget_increase: 5, temp_budget_expiry: '2026-06-16T00:00:00Z' } },
  },
  'raised-999999999': {
    holds: CAPPED,
    data: { metadata: { temp_budget_increase: 999_999_999, temp_budget_expiry: '2026-06-16T00:00:00Z' } },
  },
  'raised-before': {
    holds: CAPPED,
    data: { metadata: { temp_budget_increase: 5, temp_budget_expiry: '2026-06-15T00:00:00Z' } },
  },
  windows: {
    holds: FREE,
    data: {
      budget_limits: [
        { budget_duration: '1h', max_budget: 2, reset_at: '2026-06-15T13:00:00Z' },
        { budget_duration: '1d', max_budget: 20, reset_at: '2026-06-16T00:00:00Z' },
      ],
      budget_limits_usage: { '1h': { current_spend: 0.29 }, '1d': { current_spend: 19.5 } },
    },
  },
  'windows-unspent': {
    holds: FREE,
    data: {
      budget_limits: [{ budget_duration: '1h', max_budget: 2, reset_at: '2026-06-15T13:00:00Z' }, 'x'],
    },
  },
  'windows-odd-name': {
    holds: FREE,
    data: { budget_limits: [{ budget_duration: 'constructor', max_budget: 2, reset_at: null }] },
  },
  'windows-text': { holds: FREE, data: { budget_limits: '2 an hour' } },
  'windows-used-999999999': {
    holds: FREE,
    data: {
      budget_limits: [{ budget_duration: '1h', max_budget: 2, reset_at: '2026-06-15T13:00:00Z' }],
      budget_limits_usage: { '1h': { current_spend: 999_999_999 } },
    },
  },
  'windows-999999999': {
    holds: FREE,
    data: {
      budget_limits: [{ budget_duration: '1h', max_budget: 999_999_999, reset_at: null }],
      model_max_budget: { 'gpt-4o': { budget_limit: 999_999_999, time_period: '1d' } },
    },
  },
  'model-budget': {
    holds: FREE,
    data: { model_max_budget: { 'gpt-4o': { budget_limit: 0.1, time_period: '1d' } } },
  },
  'rolled-over': {
    holds: CAPPED,
    data: { budget_duration: '1d', budget_reset_at: '2026-06-15T00:00:00+00:00' },
  },
  'team-binds': { holds: FREE, data: { team_id: 't1' }, team: team() },
  'team-number': { holds: FREE, data: { team_id: 1 } },
  'team-free': { holds: FREE, data: { team_id: 't1' }, team: team({ max_budget: null }) },
  'team-stays': {
    holds: CAPPED,
    data: { team_id: 't1', user_id: null },
    team: team({ max_budget: 4, spend: 1.5, budget_duration: null, budget_reset_at: null, team_alias: null }),
  },
  'team-not-member': { holds: FREE, data: { team_id: 't1' } },
  'team-not-member-capped': { holds: CAPPED, data: { team_id: 't1' } },
  'team-unreadable': { holds: FREE, data: { team_id: 't1' }, team: team({ max_budget: -1 }) },
  'user-binds': { holds: CAPPED, user: { spend: 48, max_budget: 50, ...MONTHLY } },
  limits: { holds: CAPPED, data: { rpm_limit: 100, tpm_limit: 50_000 } },
  models: { holds: { ...CAPPED, modelLimitsEnabled: true, modelLimits: 'gpt-4o,gpt-4o-mini' } },
  'models-of-all': { holds: CAPPED, data: { models: ['all-proxy-models'] } },
  expiring: { holds: { ...CAPPED, expiresAt: 1_781_784_000 } },
  expired: { holds: { ...CAPPED, expiresAt: 1_780_000_000 } },
  blocked: { holds: { ...CAPPED, status: 'disabled' } },
  'blocked-200': { holds: CAPPED, data: { blocked: true } },
  'team-blocked': {
    reply: refusal(
      401,
      'auth_error',
      "Authentication Error, Team=t1 is blocked. Update via `/team/unblock` if you're an admin.",
    ),
  },
  'llm-only': { reply: notAllowed('/key/info', false) },
  'llm-only-old': { reply: notAllowed('/key/info', true) },
  master: { reply: refusal(404, 'not_found_error', 'Key not found in database', 'key') },
  'over-budget-400': { reply: refusal(400, 'budget_exceeded', EXCEEDED, null) },
  'over-budget-422': { reply: refusal(422, 'budget_exceeded', EXCEEDED, null) },
  'over-budget-429': { reply: refusal(429, 'budget_exceeded', EXCEEDED, null) },
  'limited-429': {
    reply: refusal(429, 'throttling_error', 'Rate limit exceeded for api_key', null, { 'Retry-After': '7' }),
  },
  'no-db': {
    reply: refusal(400, 'no_db_connection', 'Database not connected. Connect a database to your proxy'),
  },
  'db-down-admin': { holds: FREE, data: { key_name: 'failed-to-connect-to-db', spend: 0 } },
  'foreign-401': { reply: plainJson(401, { error: { type: 'auth_error', message: 'Key is blocked.' } }) },
  'foreign-403': { reply: plainJson(403, { detail: 'Not allowed from here' }) },
  'nothing-readable': { reply: plainJson(200, { key: 'x', info: { max_budget: 'x', spend: [] } }) },
  'info-text': { reply: plainJson(200, { key: 'x', info: 'sk-...abcd' }) },
  'no-hash': { holds: CAPPED, envelope: { key: 'sk-1234' } },
  'down-500': { reply: refusal(500, 'internal_server_error', 'Internal Server Error') },
  ...pages,
  ...redirects,
  ...faults,
  ...encodings,
};
