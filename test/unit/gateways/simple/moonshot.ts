import { type SimpleProof, TROUBLES } from './proof.ts';

// The sample gateway stands at neither of its hosts, so that its currency is not known.
const UNITS = { unit: { code: 'UNITS', source: 'default' } } as const;

export const moonshotProof: SimpleProof = {
  kind: 'moonshot',
  origins: ['https://api.moonshot.cn', 'https://api.moonshot.ai'],
  rows: [
    {
      opens: { kind: 'moonshot' },
      endpoint: 'GET /v1/users/me/balance',
      credential: 'API key',
      asks: async setup => (await setup.read(setup.key('alice'))).account,
      tells: { balance: 9.65 },
    },
  ],
  shown: {
    figure: '9.65 units',
    lines: { 'Account balance': '9.65 units' },
    without: ['Remaining on this key'],
  },
  usual: { ...UNITS, account: { balance: 49.58894 }, figure: '49.58894 units' },
  told: {
    debt: { account: { balance: 50 }, figure: '50 units' },
    zero: { account: { balance: 0 }, status: 'exhausted', figure: '0 units' },
    strings: {},
    'minus-1': { account: { balance: -1 }, status: 'exhausted', figure: '-1 units' },
    'number-999999999': { account: { balance: 999_999_999 }, figure: '999.9M units' },
  },
  refused: {
    ...TROUBLES,
    'balance-null': ['missing-figures', 'ok', /without the figures/],
    'balance-missing': ['missing-figures', 'ok', /without the figures/],
    'status-false': ['refused-request', 'ok', /refused the request/],
    'status-false-code-0': ['missing-figures', 'ok', /without the figures/],
  },
};
