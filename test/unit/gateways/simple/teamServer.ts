import { type SimpleProof, TROUBLES } from './proof.ts';

const named = (...names: readonly string[]) => names.map(name => ({ name }));
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
      // Each is a line of its own, with its figures: see `servedKeys.test.ts`.
      asks: async setup => (await setup.read(setup.key('alice'))).accountKeys,
      tells: [{ name: 'alice' }],
    },
  ],
  shown: {
    figure: '1 key',
    lines: { Keys: '1' },
    without: ['Left on this key'],
  },
  usual: {
    ...UNITS,
    accountKeys: named('ML batch', 'Docs bot', 'Crawler', 'Old laptop', 'Unlimited'),
    figure: '5 keys',
  },
  told: {
    'no-keys': { accountKeys: [], figure: '0 keys' },
    'one-unreadable': {
      accountKeys: named('ML batch'),
      accountKeysMissing: { total: 3 },
      figure: '1 of 3 keys',
    },
    'odd-figures': { accountKeys: named('Odd', 'Undated', 'Other unit'), figure: '3 keys' },
    'clock-ahead': { accountKeys: named('Ahead'), figure: '1 key' },
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
