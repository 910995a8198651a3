import { CREDIT_PLAN, type PlanFigures, STANDARD_PLAN } from '../cheapestInference/plan.ts';
import { plainJson } from '../wire/reply.ts';
import { encodings } from './encodings.ts';
import { faults } from './faults.ts';
import { pages } from './pages.ts';
import { redirects } from './redirects.ts';
import type { Scenario, ScenarioTable } from './scenario.ts';

// $1.23 of the period are spent and $5 of credit are left, as in the documents.
const SPENT = { name: 'prod-key', used: 615_000 };
const CREDITS = { quota: 2_500_000 };

const on = (plan: PlanFigures, more: Partial<Scenario> = {}): Scenario => ({
  account: CREDITS,
  ...more,
  holds: { ...SPENT, ...more.holds, plan },
});

/** Keys at CheapestInference. */
export const plans: ScenarioTable = {
  ok: on(STANDARD_PLAN),
  'budget-low': on(STANDARD_PLAN, { holds: { used: 4_750_000 } }),
  'budget-spent': on(STANDARD_PLAN, { holds: { used: 5_000_000 } }),
  'budget-overspent': on(STANDARD_PLAN, { holds: { used: 5_100_000 } }),
  'budget-unlimited': on({ ...STANDARD_PLAN, limit: null }),
  'budget-5h': on({ ...STANDARD_PLAN, duration: '5h' }),
  'budget-8h': on({ ...STANDARD_PLAN, duration: '8h' }),
  'budget-duration-unknown': on({ ...STANDARD_PLAN, duration: 'fortnight' }),
  'plan-pro': on({ ...STANDARD_PLAN, slug: 'pro', limit: 40, rpm: 200, tpm: 13_333 }),
  'plan-unknown': on({ ...STANDARD_PLAN, slug: 'galaxy', status: 'paused' }),
  'plan-expired': on({ ...STANDARD_PLAN, status: 'expired', expiresAt: '2026-02-15T10:00:00.000Z' }),
  pool: on({ ...CREDIT_PLAN, slug: 'pool', type: 'pool' }),
  credit: on(CREDIT_PLAN),
  'credit-empty': on(CREDIT_PLAN, { account: { quota: 0 } }),
  'members-null': on(STANDARD_PLAN, { data: { rate_limits: null, plan: null, credits: null, key: null } }),
  'members-absent': on(STANDARD_PLAN, { without: ['rate_limits', 'plan', 'credits', 'key'] }),
  'budget-null': on(STANDARD_PLAN, { data: { budget: null } }),
  'budget-absent': on(STANDARD_PLAN, { without: ['budget'] }),
  'budget-null-no-credits': on(STANDARD_PLAN, { data: { budget: null, credits: { balance: 0 } } }),
  'limit-minus-1': on(STANDARD_PLAN, {
    data: { budget: { spent: 1.23, limit: -1, duration: '30d', resets_at: '2100-02-15T10:00:00.000Z' } },
  }),
  'limit-absent': on(STANDARD_PLAN, {
    data: { budget: { spent: 1.23, duration: '30d', resets_at: null } },
  }),
  'spent-null': on(STANDARD_PLAN, {
    data: { budget: { spent: null, limit: 10, duration: '30d', resets_at: null } },
  }),
  'limit-999999999': on(STANDARD_PLAN, {
    data: { budget: { spent: 1.23, limit: 999_999_999, duration: '30d', resets_at: null } },
  }),
  'spent-999999999': on(STANDARD_PLAN, {
    data: { budget: { spent: 999_999_999, limit: 10, duration: '30d', resets_at: null } },
  }),
  'budget-word': on(STANDARD_PLAN, { data: { budget: 'unlimited' } }),
  'plan-and-balance-odd': on(STANDARD_PLAN, { data: { plan: 'standard', credits: { balance: 'five' } } }),
  'nothing-readable': { reply: plainJson(200, { budget: [], plan: 7, credits: 'five' }) },
  'false-200': { reply: plainJson(200, { success: false, error: 'Usage store is being rebuilt' }) },
  'said-200': { reply: plainJson(200, { status: 'paused', message: 'Scheduled maintenance' }) },
  'coded-200': { reply: plainJson(200, { error: { message: 'try later', code: 'busy' } }) },
  strings: on(STANDARD_PLAN, {
    data: {
      budget: { spent: '1.23', limit: '10.00', duration: '30d', resets_at: '2100-02-15T10:00:00.000Z' },
      credits: { balance: '5.00' },
    },
  }),
  'success-envelope': {
    reply: plainJson(200, {
      success: true,
      data: { budget: { spent: 1.23, limit: 10, duration: '30d', resets_at: null }, credits: { balance: 5 } },
    }),
  },
  'dates-wrong': on({ ...STANDARD_PLAN, expiresAt: 'tomorrow', resetsAt: '2026-13-45' }),
  deactivated: on(STANDARD_PLAN, { holds: { status: 'disabled' } }),
  'not-found-404': { reply: plainJson(404, { success: false, error: 'Key not found' }) },
  'limited-429': { reply: plainJson(429, { success: false, error: 'Rate limit exceeded' }) },
  'unavailable-502': {
    reply: plainJson(502, { success: false, error: 'Usage data temporarily unavailable' }),
  },
  ...pages,
  ...redirects,
  ...faults,
  ...encodings,
};
