import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { aliceQuota } from '../rows/row.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const opens = { kind: 'claudeRelay' } as const;
const window = (
  name: string,
  used: number | undefined,
  limit: number,
  more: Partial<QuotaWindow> = {},
): QuotaWindow => ({ name, used, limit, unit: 'money', ...more });
const DAY = window('day', 1.5, 5);
const CLAUDE = { scope: 'model', scopeName: 'Claude' } as const;
const WEEK = window('week', 4, 20, CLAUDE);
const QUOTA = { unlimited: false, granted: 50, used: 12, remaining: 38 };
const HOUR = { every: '1h', resetsAt: '2026-06-15T12:30:00.000Z' };
const dayBudget = { spent: 1.5, limit: 5 };
const hourBudget = { spent: 2.75, limit: 3, ...HOUR };

export const claudeRelayProof: SimpleProof = {
  kind: 'claudeRelay',
  origins: [],
  recognizedBy: ['/api/status', '/health'],
  rows: [
    {
      opens,
      endpoint: 'POST /apiStats/api/get-key-id',
      credential: 'API key',
      asks: aliceQuota,
      tells: { unlimited: false, granted: 2.5, used: 0.65, remaining: 1.85 },
    },
    {
      opens,
      endpoint: 'POST /apiStats/api/user-stats',
      credential: 'API key',
      asks: async setup => (await setup.read(setup.key('alice'))).name,
      tells: 'alice',
    },
  ],
  shown: {
    figure: '$1.85',
    lines: { 'Remaining on this key': '$1.85', 'Total limit': '$2.50', Expires: 'never' },
    without: ['Account balance', 'Models'],
  },
  usual: {
    quota: QUOTA,
    // The week limits some models alone.
    windows: [DAY, WEEK],
    budget: dayBudget,
    unit: { code: 'USD', source: 'gateway' },
    expiresAt: null,
    figure: '$3.50 (day)',
  },
  told: {
    strings: {},
    'no-limits': {
      quota: { unlimited: true, used: 12 },
      windows: undefined,
      budget: undefined,
      figure: '∞ · used $12.00',
    },
    'limits-minus-1': {
      quota: { unlimited: true, used: 12 },
      windows: undefined,
      budget: undefined,
      figure: '∞ · used $12.00',
    },
    'limits-999999999': {
      quota: { unlimited: true, used: 12 },
      windows: undefined,
      budget: undefined,
      figure: '∞ · used $12.00',
    },
    // What was used is not known, so nothing is called left.
    'used-minus-1': {
      quota: { unlimited: false, granted: 50 },
      windows: [window('day', undefined, 5), window('week', undefined, 20, CLAUDE)],
      budget: undefined,
      figure: undefined,
    },
    'used-999999999': {
      quota: { unlimited: false, granted: 50 },
      windows: [window('day', undefined, 5), window('week', undefined, 20, CLAUDE)],
      budget: undefined,
      figure: undefined,
    },
    'total-word': { quota: { unlimited: false, used: 12 }, unreadable: ['budget'] },
    'day-word': { windows: [WEEK], budget: undefined, unreadable: ['budget'], figure: '$38.00' },
    // Not without a limit, where nobody can read it.
    'day-word-alone': {
      quota: { unlimited: false, used: 12 },
      windows: undefined,
      budget: undefined,
      unreadable: ['budget'],
      figure: undefined,
    },
    // Versions without a limit of the whole key do not say that there is none.
    old: { quota: { unlimited: false }, windows: [DAY] },
    'day-used-up': {
      windows: [window('day', 5.25, 5), WEEK],
      budget: { spent: 5.25, limit: 5 },
      status: 'exhausted',
      figure: '-$0.25 (day)',
    },
    'total-used-up': {
      quota: { ...QUOTA, used: 50, remaining: 0 },
      status: 'exhausted',
      figure: '$0.00',
    },
    'claude-used-up': { windows: [DAY, window('week', 21, 20, CLAUDE)] },
    'claude-alone': {
      windows: [DAY, window('week', 21, 20)],
      budget: { spent: 21, limit: 20 },
      status: 'exhausted',
      figure: '-$1.00 (week)',
    },
    'hour-of-requests': {
      windows: [DAY, WEEK, window('1h', 97, 100, { ...HOUR, unit: 'requests' })],
      status: 'low',
      figure: '3 of 100 requests (1h)',
    },
    'hour-over': {
      windows: [DAY, WEEK, window('1h', 112, 100, { ...HOUR, unit: 'requests', remaining: 0 })],
      status: 'exhausted',
      figure: '0 of 100 requests (1h)',
    },
    'hour-of-cost': {
      windows: [DAY, WEEK, window('1h', 2.75, 3, HOUR)],
      budget: hourBudget,
      status: 'low',
      figure: '$0.25 (1h)',
    },
    // A limit of tokens stands in place of the one of cost.
    'hour-of-tokens': {
      windows: [DAY, WEEK, window('1h', 150_000, 200_000, { ...HOUR, unit: 'tokens' })],
      figure: '50K tokens (1h)',
    },
    'hour-not-begun': {
      windows: [DAY, WEEK, window('1h', 0, 100, { every: '1h', unit: 'requests' })],
    },
    'hour-passed': {
      windows: [DAY, WEEK, window('1h', undefined, 100, { every: '1h', unit: 'requests' })],
    },
    'odd-minutes': {
      windows: [DAY, WEEK, window('45min', 1, 3, { ...HOUR, every: '45min' })],
      budget: { spent: 1, limit: 3, ...HOUR, every: '45min' },
      figure: '$2.00 (45min)',
    },
    'runs-two': {},
    ending: { expiresAt: '2026-07-01T00:00:00.000Z' },
    // It was told as if it were a good one.
    over: { expiresAt: '2026-06-15T11:00:00.000Z', status: 'expired' },
    // Its seven days begin with its first use, which no call here is.
    'not-begun': { expiresAt: undefined },
  },
  captured: {
    server: 'claude-relay-service-1.1.314',
    otherwise: path =>
      path === '/apiStats/api/get-key-id'
        ? { status: 401, body: { error: 'Invalid API key', message: 'Invalid API key format' } }
        : { status: 400, body: { error: 'Invalid API ID format', message: 'API ID must be a valid UUID' } },
    keys: {
      // By the key. What its id was told is taken from what the key was told, which has $0 of a week that begins on no Monday.
      'get-key-id-ok': {
        status: 'ok',
        figure: '$2.90 (1h)',
        windows: ['day 4.9055', 'model Claude week 20', '1h 97', '1h 2.9055'],
        expiresAt: '2026-12-28T21:53:01.877Z',
      },
      'get-key-id-disabled': { status: 'disabled', advice: /is disabled at/ },
      'get-key-id-really-expired': { status: 'expired', advice: /has expired/ },
      'get-key-id-deleted': { status: 'invalid', advice: /does not accept the key/ },
      'get-key-id-wrong': { status: 'invalid', advice: /does not accept the key/ },
      'get-key-id-short': { status: 'invalid', advice: /does not accept the key/ },
      // By the id alone.
      'user-stats-fresh-no-limits': { status: 'ok', figure: '∞ · used $0.00', expiresAt: null },
      'user-stats-daily-used-by-id': {
        status: 'exhausted',
        figure: '-$0.02 (day)',
        windows: ['day -0.016'],
        expiresAt: null,
      },
      'user-stats-total-used-by-id': { status: 'exhausted', figure: '-$0.02', expiresAt: null },
      // $0.03 of $0.02 a week; other models go on.
      'user-stats-opus-used-by-id': {
        status: 'ok',
        figure: '∞ · used $0.03',
        windows: ['model Claude week -0.01'],
        expiresAt: null,
      },
      'user-stats-window-used-by-id': {
        status: 'exhausted',
        figure: '0 of 1 request (5min)',
        windows: ['5min 0'],
        expiresAt: null,
      },
      // Seven days from its first use on.
      'user-stats-not-activated': { status: 'ok', figure: '∞ · used $0.00' },
      'user-stats-activated': {
        status: 'ok',
        figure: '∞ · used $0.00',
        expiresAt: '2026-12-05T21:53:35.160Z',
      },
      'user-stats-off-by-id': { status: 'disabled', advice: /is disabled at/ },
      'user-stats-deleted-by-id': { status: 'disabled', advice: /is disabled at/ },
      'user-stats-expired-by-id': { status: 'disabled', advice: /is disabled at/ },
      'user-stats-really-expired-by-id': { status: 'expired', advice: /has expired/ },
      'user-stats-unknown-id': { status: 'invalid', advice: /does not know the key/ },
      'user-stats-bad-id': { status: 'invalid', advice: /does not accept the key/ },
    },
  },
  unlimited: ['no-limits', 'limits-minus-1', 'limits-999999999'],
  refused: {
    ...TROUBLES,
    'limits-null': ['missing-figures', 'ok', /without the figures/],
    'id-word': ['missing-figures', 'ok', /without the figures/],
    deleted: ['refused-key', 'invalid', /does not accept the key/],
    off: ['key-disabled', 'disabled', /is disabled at/],
    expired: ['past-expiry', 'expired', /has expired/],
    'user-off': ['banned', 'disabled', /has banned/],
    'id-off': ['key-disabled', 'disabled', /is disabled at/],
    'id-expired': ['past-expiry', 'expired', /has expired/],
    'id-unknown': ['unknown-key', 'invalid', /does not know the key/],
    'id-in-words': ['unknown-refusal', 'ok', /nothing for …/],
  },
};
