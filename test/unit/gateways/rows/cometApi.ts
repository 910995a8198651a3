import { requestCompletion } from '../../../../src/gateways/completion.ts';
import type { TestSetup } from '../../support/testSetup.ts';
import { keyUsage, sumsOf } from '../asking.ts';
import { QUERY } from '../fixture.ts';
import { ALICE, aliceQuota, type Row, TEAM_KEYS } from './row.ts';

const service = { kind: 'cometQuery', settings: { query: QUERY } } as const;

const complete = (setup: TestSetup, streamed: boolean) =>
  setup.ask(setup.key('alice'), 'chat', (_gateway, context) =>
    requestCompletion(context, 'gpt-4.1', streamed),
  );

/** Its prompt is 37 characters of JSON, four to a token; its answer has four words, a token each. */
const TOKENS = { prompt: 10, completion: 4, total: 14 };

/** The rows of CometAPI. */
export const cometApiRows: readonly Row[] = [
  {
    opens: { kind: 'cometApi' },
    endpoint: 'GET /api/usage/token/',
    credential: 'API key',
    asks: aliceQuota,
    tells: ALICE,
  },
  {
    opens: service,
    endpoint: 'GET /user/quota/',
    credential: 'query key',
    asks: async setup => {
      const { account, accountKeys } = await setup.read(setup.key('alice'));
      return { account, accountKeys };
    },
    tells: {
      account: { name: 'team', balance: 9.65, used: 0.35, requests: 3 },
      accountKeys: [
        { name: 'alice', unlimited: false, used: 0.65, remaining: 1.85 },
        { name: 'bob', unlimited: true },
      ],
    },
  },
  {
    opens: service,
    endpoint: 'GET /user/quota/?start_date&end_date',
    credential: 'query key',
    asks: async setup => sumsOf(await keyUsage(setup, 'alice')),
    tells: {
      total: { used: 0.35, requests: 3 },
      byDay: [
        { name: '2026-06-10', used: 0.15, requests: 2 },
        { name: '2026-06-12', used: 0.2, requests: 1 },
      ],
      byKey: [
        { name: 'bob', used: 0.2, requests: 1 },
        { name: 'alice', used: 0.15, requests: 2 },
      ],
    },
  },
  {
    opens: { kind: 'cometApi' },
    endpoint: 'GET /api/token/',
    credential: 'access token',
    asks: async setup => (await setup.read(setup.account('team'))).accountKeys,
    tells: TEAM_KEYS,
  },
  {
    opens: { kind: 'cometApi' },
    endpoint: 'POST /v1/chat/completions',
    credential: 'API key',
    asks: async setup => [await complete(setup, false), await complete(setup, true)],
    tells: [TOKENS, TOKENS],
  },
];
