import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { JUNE } from '../fixture.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const month = (used: number | undefined): QuotaWindow => ({
  name: 'month',
  scope: 'organization',
  used,
  unit: 'money',
  resetsAt: '2026-07-01T00:00:00.000Z',
});
/** What the organization spent cannot be known where a part of it cannot be read. */
const UNKNOWN = { windows: [month(undefined)], unreadable: ['budget'] } as const;

export const anthropicProof: SimpleProof = {
  kind: 'anthropic',
  credential: 'managementKey',
  origins: ['https://api.anthropic.com'],
  rows: [
    {
      opens: { kind: 'anthropic' },
      endpoint: 'GET /v1/organizations/cost_report?starting_at&ending_at&bucket_width&group_by[]',
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
  ],
  shown: {
    lines: { 'Use of organization, month': '$0.35 used · resets in 15 days' },
    without: ['Account balance', 'Remaining on this key', 'Remaining in organization, month'],
  },
  // No limit is told, so that nothing is known to be left.
  usual: { windows: [month(3.25)], unit: { code: 'USD', source: 'gateway' }, figure: undefined },
  told: {
    numbers: {},
    'no-spend': { windows: [month(0)] },
    'nulls-inside': {},
    'minus-1': UNKNOWN,
    'other-currency': UNKNOWN,
    'more-untold': UNKNOWN,
  },
  refused: {
    ...TROUBLES,
    'no-days': ['missing-figures', 'ok', /without the figures/],
    'more-missing': ['missing-figures', 'ok', /without the figures/],
  },
};
