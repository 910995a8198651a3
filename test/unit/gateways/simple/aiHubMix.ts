import { type SimpleProof, TROUBLES } from './proof.ts';

export const aiHubMixProof: SimpleProof = {
  kind: 'aiHubMix',
  origins: ['https://aihubmix.com'],
  rows: [
    {
      opens: { kind: 'aiHubMix' },
      endpoint: 'GET /dashboard/billing/remain',
      credential: 'API key',
      asks: async setup => {
        const { quota, unit } = await setup.read(setup.key('alice'));
        return { quota, unit };
      },
      tells: { quota: { unlimited: false, remaining: 1.85 }, unit: { code: 'USD', source: 'gateway' } },
    },
  ],
  shown: {
    figure: '$1.85',
    lines: { 'Remaining on this key': '$1.85' },
    without: ['Account balance', 'Used'],
  },
  usual: {
    quota: { unlimited: false, remaining: 12.34 },
    unit: { code: 'USD', source: 'gateway' },
    figure: '$12.34',
  },
  told: {
    unlimited: { quota: { unlimited: true }, figure: '∞' },
    'unlimited-text': { quota: { unlimited: true }, figure: '∞' },
    'used-up': { quota: { unlimited: false, remaining: 0 }, status: 'exhausted', figure: '$0.00' },
    overspent: { quota: { unlimited: false, remaining: -0.37 }, status: 'exhausted', figure: '-$0.37' },
    strings: {},
    'minus-1': { quota: { unlimited: false, remaining: -1 }, status: 'exhausted', figure: '-$1.00' },
    'number-999999999': { quota: { unlimited: false, remaining: 999_999_999 }, figure: '$999,999,999.00' },
  },
  unlimited: ['unlimited', 'unlimited-text'],
  refused: {
    ...TROUBLES,
    'usage-null': ['missing-figures', 'ok', /without the figures/],
    'usage-list': ['missing-figures', 'ok', /without the figures/],
    'exhausted-text-403': ['used-up', 'exhausted', /used up/],
    'exhausted-text-200': ['used-up', 'exhausted', /used up/],
    'exhausted-bare': ['used-up', 'exhausted', /used up/],
    'exhausted-elsewhere': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  },
};
