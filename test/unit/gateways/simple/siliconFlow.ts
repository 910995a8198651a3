import { type SimpleProof, TROUBLES } from './proof.ts';

// The sample gateway stands at neither of its hosts, so that its currency is not known.
const UNITS = { unit: { code: 'UNITS', source: 'default' } } as const;

export const siliconFlowProof: SimpleProof = {
  kind: 'siliconFlow',
  origins: ['https://api.siliconflow.cn', 'https://api.siliconflow.com'],
  rows: [
    {
      opens: { kind: 'siliconFlow' },
      endpoint: 'GET /v1/user/info',
      credential: 'API key',
      // What is personal is not read.
      asks: async setup => (await setup.read(setup.key('alice'))).account,
      tells: { balance: 9.65 },
    },
  ],
  shown: { figure: '9.65 units', lines: { 'Account balance': '9.65 units' }, without: ['Account'] },
  usual: { ...UNITS, account: { balance: 88.88 }, figure: '88.88 units' },
  told: {
    zero: { account: { balance: 0 }, status: 'exhausted', figure: '0 units' },
    negative: { account: { balance: -0.12 }, status: 'exhausted', figure: '-0.12 units' },
    number: {},
    'minus-1': { account: { balance: -1 }, status: 'exhausted', figure: '-1 units' },
    'number-999999999': { account: { balance: 999_999_999 }, figure: '999.9M units' },
  },
  refused: {
    ...TROUBLES,
    'total-word': ['missing-figures', 'ok', /without the figures/],
    'total-missing': ['missing-figures', 'ok', /without the figures/],
    'status-false': ['missing-figures', 'ok', /without the figures/],
    'code-50505': ['refused-request', 'ok', /refused the request.*Model service overloaded/],
    'older-401': ['refused-key', 'invalid', /does not accept the key/],
    'other-text-401': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  },
};
