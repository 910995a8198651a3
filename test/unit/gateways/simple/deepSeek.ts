import { type SimpleProof, TROUBLES } from './proof.ts';

const USD = { unit: { code: 'USD', source: 'gateway' } } as const;
const balances = (cny: number, usd: number) =>
  [
    { unit: 'CNY', amount: cny },
    { unit: 'USD', amount: usd },
  ] as const;

export const deepSeekProof: SimpleProof = {
  kind: 'deepSeek',
  origins: ['https://api.deepseek.com'],
  rows: [
    {
      opens: { kind: 'deepSeek' },
      endpoint: 'GET /user/balance',
      credential: 'API key',
      asks: async setup => {
        const { account, unit } = await setup.read(setup.key('alice'));
        return { account, unit };
      },
      tells: { account: { balance: 9.65 }, unit: { code: 'CNY', source: 'gateway' } },
    },
  ],
  shown: {
    figure: '¥9.65',
    lines: { 'Account balance': '¥9.65' },
    without: ['Remaining on this key', 'Unit'],
  },
  usual: { account: { balance: 10 }, unit: { code: 'CNY', source: 'gateway' }, figure: '¥10.00' },
  told: {
    usd: { ...USD, account: { balance: 7.25 }, figure: '$7.25' },
    // Two currencies are never added.
    both: { account: { balance: 110, balances: balances(110, 3.5) }, figure: '¥110.00' },
    'both-first-empty': { ...USD, account: { balance: 3.5, balances: balances(0, 3.5) }, figure: '$3.50' },
    'both-empty': {
      ...USD,
      account: { balance: 0, balances: balances(0, 0).toReversed(), usable: false },
      status: 'exhausted',
      figure: '$0.00',
    },
    zero: { account: { balance: 0, usable: false }, status: 'exhausted', figure: '¥0.00' },
    // What is there pays for nothing.
    unavailable: { account: { balance: 5, usable: false }, status: 'exhausted', figure: '¥0.00' },
    'unavailable-debt': { account: { balance: -0.42, usable: false }, status: 'exhausted', figure: '-¥0.42' },
    'minus-1': { account: { balance: -1 }, status: 'exhausted', figure: '-¥1.00' },
    'numbers-999999999': { account: { balance: 999_999_999 }, figure: '¥999,999,999.00' },
    'no-availability': {},
    'one-unreadable': { ...USD, account: { balance: 3.5 }, unreadable: ['balance'], figure: '$3.50' },
  },
  refused: {
    ...TROUBLES,
    none: ['missing-figures', 'ok', /without the figures/],
    'empty-beside-unreadable': ['missing-figures', 'ok', /without the figures/],
    'amount-word': ['missing-figures', 'ok', /without the figures/],
    'infos-null': ['missing-figures', 'ok', /without the figures/],
    'infos-object': ['missing-figures', 'ok', /without the figures/],
    'older-401': ['refused-key', 'invalid', /does not accept the key/],
  },
};
