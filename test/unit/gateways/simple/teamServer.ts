import { type SimpleProof, TROUBLES } from './proof.ts';

/** Noon less twelve minutes: when the server was told most figures. */
const TAKEN = '2026-06-15T11:48:00.000Z';
const USD = { code: 'USD', source: 'gateway' } as const;
const told = { takenAt: TAKEN, unit: USD, expiresAt: null, models: null };
const BATCH = { name: 'ML batch', ...told, used: 15, remaining: 5 };
const UNITS = { unit: { code: 'UNITS', source: 'default' } } as const;

export const teamServerProof: SimpleProof = {
  kind: 'teamServer',
  credential: 'accessToken',
  origins: [],
  rows: [
    {
      opens: { kind: 'teamServer' },
      endpoint: 'GET /v1/keys',
      credential: 'API key',
      asks: async setup => (await setup.read(setup.key('alice'))).accountKeys,
      // Of 2.50 it has used 0.50, and 0.15 by the fixture.
      tells: [{ name: 'alice', ...told, used: 0.65, remaining: 1.85 }],
    },
  ],
  shown: {
    figure: 'keys: 1',
    lines: { 'Keys of the account': '1' },
    without: ['Left on this key'],
    keys: { alice: '$1.85 left · alice' },
  },
  usual: {
    ...UNITS,
    accountKeys: [
      BATCH,
      {
        ...{ name: 'Docs bot', ...told, used: 15, remaining: 5 },
        unit: { code: 'CNY', source: 'gateway' },
        takenAt: '2026-06-15T11:10:00.000Z',
      },
      { name: 'Crawler', status: 'exhausted', ...told, used: 20, remaining: 0 },
      { name: 'Old laptop', status: 'invalid' },
      { name: 'Unlimited', ...told, unlimited: true, used: 41 },
    ],
    figure: 'keys: 5',
  },
  told: {
    'no-keys': { accountKeys: [], figure: 'keys: 0' },
    'one-unreadable': { accountKeys: [BATCH], accountKeysMissing: { total: 3 }, figure: 'keys: 1 of 3' },
    // What cannot be read, dated or counted is not known.
    'odd-figures': {
      accountKeys: [{ name: 'Odd', takenAt: TAKEN, unit: USD }, { name: 'Undated' }, { name: 'Other unit' }],
      figure: 'keys: 3',
    },
    // Its clock is three hours behind: the figure was twelve minutes old when it was sent.
    'clock-ahead': { accountKeys: [{ name: 'Ahead', ...told, used: 15, remaining: 5 }], figure: 'keys: 1' },
  },
  refused: {
    ...TROUBLES,
    'keys-null': ['missing-figures', 'ok', /without the figures it should have/],
    'at-missing': ['missing-figures', 'ok', /without the figures it should have/],
    'schema-missing': ['missing-figures', 'ok', /without the figures it should have/],
    'newer-schema': ['other-version', 'ok', /another version of Key Quota/],
    'other-kind-of-token': ['wrong-credential', 'invalid', /different type of credential/],
    'foreign-word-401': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  },
};
