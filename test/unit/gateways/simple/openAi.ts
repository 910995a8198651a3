import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { JUNE } from '../fixture.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const FIRST = '2026-07-01T00:00:00.000Z';
const month = (used: number | undefined, limit: number | undefined = 12.5): QuotaWindow => ({
  name: 'month',
  scope: 'organization',
  used,
  limit,
  unit: 'money',
  resetsAt: FIRST,
});
const budget = (spent: number) => ({ spent, limit: 12.5, resetsAt: FIRST });
/** What the organization spent cannot be known where a part of it cannot be read. */
const UNKNOWN = {
  windows: [month(undefined)],
  budget: undefined,
  unreadable: ['budget'],
  figure: undefined,
} as const;

export const openAiProof: SimpleProof = {
  kind: 'openAi',
  credential: 'managementKey',
  origins: ['https://api.openai.com'],
  rows: [
    {
      opens: { kind: 'openAi' },
      endpoint: 'GET /v1/organization/costs?start_time&end_time&bucket_width&group_by[]',
      credential: 'API key',
      asks: setup =>
        setup.ask(setup.key('alice'), 'rangeByAccount', async (gateway, context) => {
          const { total, byDay, byModel, coverage } = (await gateway.readUsage?.(context, JUNE)) ?? {};
          const { complete, reason } = coverage ?? {};
          return { total, byDay, byModel, complete, reason };
        }),
      tells: {
        total: { used: 0.35 },
        byDay: [
          { name: '2026-06-10', used: 0.15 },
          { name: '2026-06-12', used: 0.2 },
        ],
        byModel: [
          { name: 'gpt-4.1', used: 0.3 },
          { name: 'claude-sonnet', used: 0.05 },
        ],
        // Today goes on.
        complete: false,
        reason: 'not-yet-summed',
      },
    },
    {
      opens: { kind: 'openAi' },
      endpoint: 'GET /v1/organization/spend_limit',
      credential: 'API key',
      asks: async setup => (await setup.read(setup.key('alice'))).windows,
      tells: [month(0.35)],
    },
  ],
  shown: {
    figure: '$12.15 (organization, month)',
    lines: { 'Remaining in organization, month': '$12.15 of $12.50 · resets in 15 days' },
    without: ['Account balance', 'Remaining on this key'],
  },
  usual: {
    windows: [month(3.25)],
    budget: budget(3.25),
    unit: { code: 'USD', source: 'gateway' },
    figure: '$9.25 (organization, month)',
  },
  told: {
    'no-limit': { windows: [{ ...month(3.25), limit: undefined }], budget: undefined, figure: undefined },
    strings: {},
    'no-spend': { windows: [month(0)], budget: budget(0), figure: '$12.50 (organization, month)' },
    overspent: {
      windows: [month(13)],
      budget: budget(13),
      status: 'exhausted',
      figure: '-$0.50 (organization, month)',
    },
    'line-item-null': {},
    'minus-1': UNKNOWN,
    'other-currency': UNKNOWN,
    'other-day': UNKNOWN,
    'day-twice': UNKNOWN,
    'cost-999999999': UNKNOWN,
    'more-untold': UNKNOWN,
  },
  refused: {
    ...TROUBLES,
    'no-days': ['missing-figures', 'ok', /without the figures/],
    'days-null': ['missing-figures', 'ok', /without the figures/],
    'scope-403': ['scope-missing', 'ok', /its token lacks api\.usage\.read\. Grant it/],
    'scope-401': ['scope-missing', 'ok', /its token lacks api\.usage\.read\. Grant it/],
  },
};
