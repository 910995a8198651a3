import { type SimpleProof, TROUBLES } from './proof.ts';

export const vercelGatewayProof: SimpleProof = {
  kind: 'vercelGateway',
  origins: ['https://ai-gateway.vercel.sh'],
  rows: [
    {
      opens: { kind: 'vercelGateway' },
      endpoint: 'GET /v1/credits',
      credential: 'API key',
      asks: async setup => (await setup.read(setup.key('alice'))).account,
      tells: { balance: 9.65, used: 0.35 },
    },
  ],
  shown: {
    figure: '$9.65',
    lines: { 'Account balance': '$9.65', 'Total account spend': '$0.35' },
    without: ['Remaining on this key'],
  },
  usual: {
    account: { balance: 95.5, used: 4.5 },
    unit: { code: 'USD', source: 'gateway' },
    figure: '$95.50',
  },
  told: {
    zero: { account: { balance: 0, used: 100 }, status: 'exhausted', figure: '$0.00' },
    numbers: {},
    'used-minus-1': { account: { balance: 95.5 } },
    'used-missing': { account: { balance: 95.5 } },
    'minus-1': { account: { balance: -1, used: 0 }, status: 'exhausted', figure: '-$1.00' },
    'number-999999999': { account: { balance: 999_999_999, used: 0 }, figure: '$999,999,999.00' },
  },
  refused: {
    ...TROUBLES,
    'balance-empty': ['missing-figures', 'ok', /without the figures/],
    'balance-missing': ['missing-figures', 'ok', /without the figures/],
  },
};
