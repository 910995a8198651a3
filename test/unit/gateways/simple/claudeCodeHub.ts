import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { JUNE } from '../fixture.ts';
import { ALICE, aliceQuota } from '../rows/row.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const opens = { kind: 'claudeCodeHub' } as const;
const window = (
  name: string,
  used: number | undefined,
  limit: number,
  more: Partial<QuotaWindow> = {},
): QuotaWindow => ({ name, used, limit, unit: 'money', ...more });
const OWNER = { scope: 'owner', scopeName: 'alice' } as const;
const DAY = window('day', 0.5, 3);
const WEEK = window('week', 10, 50, OWNER);
const QUOTA = { unlimited: false, granted: 100, used: 20, remaining: 80 };
const weekBudget = { spent: 10, limit: 50 };
const NO_LIMIT = {
  quota: { unlimited: true, used: 20 },
  windows: undefined,
  budget: undefined,
  figure: '∞ · used $20.00',
};
const UNCLEAR = ['unclear-refusal', 'ok', /refuse a valid key the same way/] as const;

export const claudeCodeHubProof: SimpleProof = {
  kind: 'claudeCodeHub',
  origins: [],
  recognizedBy: ['/api/status', '/health/liveliness', '/api/v1/settings/public'],
  rows: [
    { opens, endpoint: 'GET /api/v1/me/quota', credential: 'API key', asks: aliceQuota, tells: ALICE },
    {
      opens,
      endpoint: 'GET /api/v1/me/usage-logs/stats-summary?startDate&endDate',
      credential: 'API key',
      asks: setup =>
        setup.ask(setup.key('alice'), 'rangeByKey', async (gateway, context) => {
          const { total, byModel, coverage } = (await gateway.readUsage?.(context, JUNE)) ?? {};
          const { complete, reason } = coverage ?? {};
          return { total, byModel, complete, reason };
        }),
      tells: {
        total: { used: 0.15, requests: 2, tokens: 1500 },
        byModel: [
          { name: 'gpt-4.1', used: 0.1, requests: 1, tokens: 1000 },
          { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
        ],
        complete: true,
        reason: 'gateway-days',
      },
    },
  ],
  shown: {
    figure: '$1.85',
    lines: { 'Remaining on this key': '$1.85', 'Total limit': '$2.50', Expires: 'never', Models: 'any' },
    without: ['Account balance', 'Rate limits'],
  },
  usual: {
    quota: QUOTA,
    windows: [DAY, WEEK],
    budget: { spent: 0.5, limit: 3 },
    unit: { code: 'USD', source: 'gateway' },
    expiresAt: null,
    figure: '$2.50 (day)',
  },
  told: {
    strings: {},
    'no-limits': NO_LIMIT,
    'limits-zero': NO_LIMIT,
    'limits-minus-1': NO_LIMIT,
    'limits-999999999': NO_LIMIT,
    'used-minus-1': {
      quota: { unlimited: false, granted: 100 },
      windows: [window('day', undefined, 3), window('week', undefined, 50, OWNER)],
      budget: undefined,
      figure: undefined,
    },
    'used-null': {
      quota: { unlimited: false, granted: 100 },
      windows: [window('day', undefined, 3), window('week', undefined, 50, OWNER)],
      budget: undefined,
      figure: undefined,
    },
    'day-word': {
      windows: [WEEK],
      budget: weekBudget,
      unreadable: ['budget'],
      figure: '$40.00 (owner “alice”, week)',
    },
    'rpm-word': {},
    'total-missing': { quota: { unlimited: false, used: 20 } },
    'day-used-up': {
      windows: [window('day', 3.25, 3), WEEK],
      budget: { spent: 3.25, limit: 3 },
      status: 'exhausted',
      figure: '-$0.25 (day)',
    },
    'user-used-up': {
      windows: [DAY, window('week', 50, 50, OWNER)],
      budget: { spent: 50, limit: 50 },
      status: 'exhausted',
      figure: '$0.00 (owner “alice”, week)',
    },
    'user-total': {
      windows: [DAY, WEEK, window('total', 10, 12, OWNER)],
      budget: { spent: 10, limit: 12 },
      status: 'low',
      figure: '$2.00 (owner “alice”)',
    },
    rolling: { windows: [window('24h', 0.5, 3), WEEK], figure: '$2.50 (24h)' },
    'all-limits': {
      windows: [window('5h', 0, 2), DAY, window('week', 0, 10), WEEK, window('month', 0, 30)],
      budget: { spent: 0, limit: 2 },
      figure: '$2.00 (5h)',
    },
    'sessions-full': {},
    ending: { expiresAt: '2026-12-31T15:59:59.000Z' },
    'user-ends-first': { expiresAt: '2026-07-01T00:00:00.000Z' },
    // It was told as if it were a good one.
    'user-over': { expiresAt: '2026-06-15T11:00:00.000Z', status: 'expired' },
    'end-word': { expiresAt: undefined },
  },
  captured: {
    server: 'claude-code-hub-0.9.2',
    otherwise: { status: 404, body: '404 Not Found' },
    keys: {
      'quota-free': { status: 'ok', figure: '∞ · used $0.04', expiresAt: null },
      'quota-limits': {
        status: 'ok',
        figure: '$1.93 (5h)',
        windows: [
          '5h 1.937',
          'day 2.937',
          'owner alice day 4.937',
          'week 9.937',
          'owner alice week 49.937',
          'month 29.937',
          'owner alice month 199.937',
        ],
        expiresAt: '2026-12-31T15:59:59.000Z',
      },
      // $0.033 of $0.02 in the last 24 hours.
      'quota-used': {
        status: 'exhausted',
        figure: '-$0.02 (24h)',
        windows: ['24h -0.013'],
        expiresAt: null,
      },
      // Off, wrong, and a good one in the default mode: the same words.
      'quota-off': { status: 'unknown', advice: UNCLEAR[2] },
      'quota-wrong': { status: 'unknown', advice: UNCLEAR[2] },
      'opaque-quota-valid-webkey-refused': { status: 'unknown', advice: UNCLEAR[2] },
    },
  },
  unlimited: ['no-limits', 'limits-zero', 'limits-minus-1', 'limits-999999999'],
  refusesAs: 'unclear-refusal',
  refused: {
    ...TROUBLES,
    'key-off': ['key-disabled', 'disabled', /is disabled at/],
    'user-off': ['banned', 'disabled', /has banned/],
    'figures-null': ['missing-figures', 'ok', /without the figures/],
    'default-mode': UNCLEAR,
    'other-problem': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
    'action-failed': ['refused-request', 'ok', /did not accept|refused/],
    'other-software': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  },
};
