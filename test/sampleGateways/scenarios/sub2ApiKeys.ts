import { refusal, WALLET } from '../sub2Api/refusal.ts';
import { plainJson } from '../wire/reply.ts';
import { encodings } from './encodings.ts';
import { faults } from './faults.ts';
import { pages } from './pages.ts';
import { redirects } from './redirects.ts';
import type { ScenarioTable } from './scenario.ts';

// $75 of $100 are left.
const QUOTA = { remain: 37_500_000, used: 12_500_000 } as const;
const FREE = { remain: 0, used: 12_500_000, unlimited: true } as const;
const NO_QUOTA = ['quota', 'remaining', 'unit'];
const subscription = (more: Record<string, unknown> = {}) => ({
  mode: 'unrestricted',
  planName: 'Team Plan',
  remaining: 0.347,
  subscription: {
    daily_limit_usd: 0.5,
    daily_usage_usd: 0.153,
    weekly_limit_usd: 40,
    weekly_usage_usd: 3,
    weekly_window_start: '2026-06-10T08:00:00+08:00',
    monthly_limit_usd: 100,
    monthly_usage_usd: 12,
    expires_at: '2026-07-15T00:00:00.123+08:00',
    ...more,
  },
});
const rate = (window: string, limit: number, used: number, resetAt?: string) => ({
  window,
  limit,
  used,
  remaining: limit - used,
  window_start: null,
  ...(resetAt && { reset_at: resetAt }),
});
const RATES = [
  rate('5h', 20, 5, '2026-06-15T15:30:00Z'),
  rate('1d', 50, 49, '2026-06-16T00:00:00+08:00'),
  rate('7d', 200, 0),
];

/** Keys of Sub2API. */
export const sub2ApiKeys: ScenarioTable = {
  ok: { holds: QUOTA },
  wallet: { holds: FREE, account: { quota: 2_384_000 } },
  'wallet-zero': { holds: FREE, account: { quota: 0 } },
  'wallet-debt': { holds: FREE, account: { quota: -500_000 } },
  exhausted: { holds: { remain: -10_000, used: 60_000 } },
  'rate-limits': { holds: QUOTA, data: { rate_limits: RATES } },
  'rate-only': { holds: QUOTA, data: { rate_limits: RATES }, without: NO_QUOTA },
  subscription: { holds: FREE, data: subscription(), without: ['balance'] },
  'subscription-used-up': {
    holds: FREE,
    data: { ...subscription({ daily_usage_usd: 0.624 }), remaining: 0 },
    without: ['balance'],
  },
  'subscription-week-over': {
    holds: FREE,
    data: subscription({ weekly_window_start: '2026-06-01T08:00:00+08:00' }),
    without: ['balance'],
  },
  'subscription-no-limits': {
    holds: FREE,
    data: {
      ...subscription({ daily_limit_usd: null, weekly_limit_usd: null, monthly_limit_usd: null }),
      remaining: -1,
    },
    without: ['balance'],
  },
  'subscription-limit-minus-1': {
    holds: FREE,
    data: subscription({ daily_limit_usd: -1, weekly_limit_usd: null, monthly_limit_usd: null }),
    without: ['balance'],
  },
  // It is over, or there never was one.
  'subscription-none': { holds: FREE, data: { planName: 'Team Plan' }, without: ['balance', 'remaining'] },
  expiring: { holds: { ...QUOTA, expiresAt: 1_781_784_000 } },
  // It calls itself active.
  expired: { holds: { ...QUOTA, expiresAt: 1_780_000_000 } },
  'expired-by-status': { holds: QUOTA, data: { status: 'expired' } },
  'expired-in-wallet': { holds: { ...FREE, expiresAt: 1_780_000_000 }, account: { quota: 2_384_000 } },
  'not-valid': { holds: QUOTA, data: { isValid: false } },
  strings: {
    holds: QUOTA,
    data: { quota: { limit: '100', used: '25', remaining: '75', unit: 'USD' }, remaining: '75' },
  },
  'limit-minus-1': { holds: QUOTA, data: { quota: { limit: -1, used: 25, remaining: -1, unit: 'USD' } } },
  'limit-999999999': {
    holds: QUOTA,
    data: { quota: { limit: 999_999_999, used: 25, remaining: 999_999_974, unit: 'USD' } },
  },
  'rate-999999999': { holds: QUOTA, data: { rate_limits: [rate('5h', 999_999_999, 5)] } },
  'subscription-999999999': {
    holds: FREE,
    data: subscription({ daily_limit_usd: 999_999_999, weekly_limit_usd: null, monthly_limit_usd: null }),
    without: ['balance'],
  },
  'rate-0': { holds: QUOTA, data: { rate_limits: [rate('5h', 0, 5)] } },
  'subscription-0': {
    holds: FREE,
    data: subscription({ daily_limit_usd: 0, weekly_limit_usd: 0, monthly_limit_usd: null }),
    without: ['balance'],
  },
  'remaining-minus-1': {
    holds: QUOTA,
    data: { quota: { limit: 100, used: 25, remaining: -1, unit: 'USD' } },
  },
  'rate-word': { holds: QUOTA, data: { rate_limits: [{ ...RATES[0], limit: 'much' }, RATES[1]] } },
  'rates-text': { holds: QUOTA, data: { rate_limits: '5h: $20' } },
  'subscription-day-word': {
    holds: FREE,
    data: subscription({ daily_limit_usd: 'much' }),
    without: ['balance'],
  },
  'remaining-999999999': {
    holds: QUOTA,
    data: { quota: { limit: 100, used: 25, remaining: 999_999_999, unit: 'USD' } },
  },
  'quota-word': { holds: QUOTA, data: { quota: 'plenty', rate_limits: RATES } },
  'limit-word': {
    holds: QUOTA,
    data: { quota: { limit: '1,000', used: 25, remaining: 975, unit: 'USD' }, rate_limits: RATES },
  },
  'remaining-missing': { holds: QUOTA, data: { quota: { limit: 100, used: 25, unit: 'USD' } } },
  'rate-no-name': { holds: QUOTA, data: { rate_limits: [{ ...RATES[0], window: '\u200B' }] } },
  'subscription-no-limits-rates-text': {
    holds: FREE,
    data: {
      ...subscription({ daily_limit_usd: null, weekly_limit_usd: null, monthly_limit_usd: null }),
      rate_limits: '5h: $20',
    },
    without: ['balance'],
  },
  'unit-lower': {
    holds: QUOTA,
    data: { unit: '', quota: { limit: 100, used: 25, remaining: 75, unit: ' usd' }, rate_limits: RATES },
  },
  'limit-0': { holds: QUOTA, data: { quota: { limit: 0, used: 25, remaining: 0, unit: 'USD' } } },
  'quota-empty': { holds: QUOTA, data: { quota: {} } },
  'all-minus-1': {
    holds: QUOTA,
    data: {
      quota: { limit: 100, used: -1, remaining: -1, unit: 'USD' },
      rate_limits: [{ window: '5h', limit: 5, used: -1, remaining: -1 }],
    },
  },
  'used-999999999': {
    holds: QUOTA,
    data: {
      quota: { limit: 100, used: 999_999_999, remaining: 75, unit: 'USD' },
      rate_limits: [{ window: '5h', limit: 5, used: 999_999_999 }],
    },
  },
  'used-minus-1': { holds: QUOTA, data: { quota: { limit: 100, used: -1, remaining: 75, unit: 'USD' } } },
  yuan: {
    holds: QUOTA,
    data: { unit: 'CNY', quota: { limit: 100, used: 25, remaining: 75, unit: 'CNY' } },
  },
  'two-currencies': {
    holds: QUOTA,
    data: { quota: { limit: 100, used: 25, remaining: 75, unit: 'CNY' }, balance: 9, rate_limits: RATES },
  },
  'oldest-plan': {
    reply: plainJson(200, { isValid: true, planName: 'Week Plan', remaining: 9.982, unit: 'USD' }),
  },
  'oldest-no-limits': {
    reply: plainJson(200, { isValid: true, planName: 'Free Plan', remaining: -1, unit: 'USD' }),
  },
  'oldest-wallet': { reply: plainJson(200, { isValid: true, planName: WALLET, remaining: -1, unit: 'USD' }) },
  'nothing-readable': { reply: plainJson(200, { isValid: true, quota: 'x', remaining: 'y' }) },
  disabled: { holds: { ...QUOTA, status: 'disabled' } },
  'owner-inactive': { holds: { ...QUOTA, ownerBanned: true } },
  'address-bound': { holds: { ...QUOTA, allowIps: '10.0.0.1' } },
  'group-disabled': { reply: refusal(403, 'GROUP_DISABLED', 'API Key 所属分组已停用') },
  'no-group': {
    reply: plainJson(403, {
      error: {
        message: 'API Key is not assigned to any group and cannot be used. Please contact the administrator',
        type: 'permission_error',
      },
      type: 'error',
    }),
  },
  'limit-exceeded-429': { reply: refusal(429, 'USAGE_LIMIT_EXCEEDED', 'daily usage limit exceeded') },
  'locked-out-429': {
    reply: refusal(429, 'INVALID_AUTH_RATE_LIMITED', 'too many invalid attempts', { 'Retry-After': '60' }),
  },
  'no-subscription-403': { reply: refusal(403, 'SUBSCRIPTION_NOT_FOUND', 'No active subscription found') },
  'no-balance-403': { reply: refusal(403, 'INSUFFICIENT_BALANCE', 'Insufficient account balance') },
  'foreign-401': { reply: plainJson(401, { message: 'Invalid API key' }) },
  'down-500': { reply: refusal(500, 'INTERNAL_ERROR', 'internal error') },
  ...pages,
  ...redirects,
  ...faults,
  ...encodings,
};
