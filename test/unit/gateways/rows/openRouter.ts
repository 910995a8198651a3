import { hashOf } from '../../../sampleGateways/openRouter/key.ts';
import { JUNE } from '../fixture.ts';
import { ALICE, aliceQuota, type Row, TEAM_KEYS } from './row.ts';

const opens = { kind: 'openRouter' } as const;
const hash = (handle: string) => hashOf({ handle });

/** What a key of the account is told of; OpenRouter names no models. */
const listed = ({ models: _, group: _group, ...key }: (typeof TEAM_KEYS)[number]) => ({
  id: hash(key.name),
  ...key,
});
const [bob, alice] = TEAM_KEYS.map(listed);

const COVERAGE = { complete: true, reason: 'utc-days' };

/** The rows of OpenRouter. */
export const openRouterRows: readonly Row[] = [
  { opens, endpoint: 'GET /api/v1/key', credential: 'API key', asks: aliceQuota, tells: ALICE },
  {
    opens,
    endpoint: 'GET /api/v1/credits',
    credential: 'management key',
    asks: async setup => (await setup.read(setup.account('team'))).account,
    // $10.00 were bought, of which $0.35 are spent.
    tells: { balance: 9.65, used: 0.35 },
  },
  {
    opens,
    endpoint: 'GET /api/v1/keys?offset&include_disabled',
    credential: 'management key',
    asks: async setup => (await setup.read(setup.account('team'))).accountKeys,
    tells: [alice, bob],
  },
  {
    opens,
    endpoint: `GET /api/v1/keys/${hash('bob')}`,
    credential: 'management key',
    asks: setup =>
      setup.ask(setup.account('team'), 'accountKey', (gateway, context) =>
        gateway.readAccountKey?.(context, hash('bob')),
      ),
    tells: bob,
  },
  {
    opens,
    endpoint: 'POST /api/v1/analytics/query',
    credential: 'management key',
    asks: setup =>
      setup.ask(setup.account('team'), 'rangeByAccount', async (gateway, context) => {
        const usage = await gateway.readUsage?.(context, JUNE);
        const { total, byDay, byKey, byModel, coverage } = usage ?? {};
        const { complete, reason } = coverage ?? {};
        return { total, byDay, byKey, byModel, coverage: { complete, reason } };
      }),
    tells: {
      total: { used: 0.35, requests: 3, tokens: 3500 },
      byDay: [
        { name: '2026-06-10', used: 0.15, requests: 2, tokens: 1500 },
        { name: '2026-06-12', used: 0.2, requests: 1, tokens: 2000 },
      ],
      byKey: [
        { name: 'bob', used: 0.2, requests: 1, tokens: 2000 },
        { name: 'alice', used: 0.15, requests: 2, tokens: 1500 },
      ],
      byModel: [
        { name: 'gpt-4.1', used: 0.3, requests: 2, tokens: 3000 },
        { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
      ],
      coverage: COVERAGE,
    },
  },
  {
    opens: { ...opens, settings: { openRouter: { hasAnalytics: false, analyticsRows: 1000 } } },
    endpoint: 'GET /api/v1/activity',
    credential: 'management key',
    asks: setup =>
      setup.ask(setup.account('team'), 'rangeByAccount', async (gateway, context) => {
        const usage = await gateway.readUsage?.(context, JUNE);
        const { total, byKey, byModel, coverage } = usage ?? {};
        return { total, byKey, byModel, reason: coverage?.reason, complete: coverage?.complete };
      }),
    tells: {
      total: { used: 0.35, requests: 3, tokens: 3500 },
      byModel: [
        { name: 'gpt-4.1', used: 0.3, requests: 2, tokens: 3000 },
        { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
      ],
      // What today brought is not told.
      reason: 'whole-days',
      complete: false,
    },
  },
];
