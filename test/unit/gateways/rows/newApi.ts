import { CNY_SITE } from '../../../sampleGateways/siteStatus.ts';
import type { TestSetup } from '../../support/testSetup.ts';
import { accountHours, accountLogs, keyUsage, sumsOf } from '../asking.ts';
import { ALICE, aliceQuota, type Row, TEAM_KEYS, TEAM_LOG, TEAM_SUMMARY } from './row.ts';

const logTriples = async (setup: TestSetup) =>
  (await accountLogs(setup)).rows.map(({ keyName, model, amount }) => [keyName, model, amount]);

/** What only old versions and One API need. */
const billing: Row[] = (['newApi', 'oneApi'] as const).flatMap(kind =>
  ['/v1/dashboard/billing/subscription', '/v1/dashboard/billing/usage'].map(path => ({
    opens: { kind, version: kind === 'newApi' ? 'pre-0.9.0' : 'one-api' },
    endpoint: `GET ${path}`,
    credential: 'API key',
    asks: aliceQuota,
    tells: ALICE,
  })),
);

/** A plan without an end. */
const PRO = { id: 3, title: 'Pro', period: 'weekly', total: 1_000_000, used: 200_000 } as const;

/** The rows of New API and One API. */
export const newApiRows: readonly Row[] = [
  {
    opens: {},
    endpoint: 'GET /api/usage/token/',
    credential: 'API key',
    asks: aliceQuota,
    tells: ALICE,
  },
  {
    opens: {},
    endpoint: 'GET /api/log/token',
    credential: 'API key',
    asks: async setup => sumsOf(await keyUsage(setup, 'alice')),
    tells: {
      total: { used: 0.15, requests: 2, tokens: 1500 },
      byDay: [{ name: '2026-06-10', used: 0.15, requests: 2, tokens: 1500 }],
      byModel: [
        { name: 'gpt-4.1', used: 0.1, requests: 1, tokens: 1000 },
        { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
      ],
    },
  },
  ...billing,
  {
    opens: { status: { ...CNY_SITE, system_name: 'Relay One' } },
    endpoint: 'GET /api/status',
    credential: 'no key',
    asks: async setup => {
      const { gatewayName, unit, quota } = await setup.read(setup.key('alice'));
      return { gatewayName, unit, quota };
    },
    tells: {
      gatewayName: 'Relay One',
      unit: { code: 'CNY', source: 'gateway' },
      quota: { unlimited: false, granted: 18.25, used: 4.745, remaining: 13.505 },
    },
  },
  {
    opens: {},
    endpoint: 'GET /api/user/self',
    credential: 'access token',
    asks: async setup => (await setup.read(setup.account('team'))).account,
    tells: { name: 'team', balance: 9.65, used: 0.35, requests: 3 },
  },
  {
    opens: {},
    endpoint: 'GET /api/token/',
    credential: 'access token',
    asks: async setup => (await setup.read(setup.account('team'))).accountKeys,
    tells: TEAM_KEYS,
  },
  {
    opens: {},
    endpoint: 'GET /api/log/self',
    credential: 'access token',
    asks: logTriples,
    tells: TEAM_LOG,
  },
  {
    opens: {},
    endpoint: 'GET /api/log/self/stat',
    credential: 'access token',
    asks: async setup => (await accountLogs(setup)).summary,
    tells: TEAM_SUMMARY,
  },
  {
    opens: {},
    endpoint: 'GET /api/subscription/self',
    credential: 'access token',
    asks: async setup => {
      setup.gateway.account('team').plans = [PRO];
      const { budget, plan } = await setup.read(setup.account('team'));
      return { budget, plan };
    },
    // 200,000 of 1,000,000 units: $0.40 of $2.00.
    tells: {
      budget: { spent: 0.4, limit: 2, every: '7d' },
      plan: { name: 'Pro', status: 'active' },
    },
  },
  {
    opens: {},
    endpoint: 'GET /api/subscription/plans',
    credential: 'access token',
    asks: async setup => {
      setup.gateway.account('team').plans = [PRO];
      return (await setup.read(setup.account('team'))).plan?.name;
    },
    tells: 'Pro',
  },
  {
    opens: {},
    endpoint: 'GET /v1/models',
    credential: 'API key',
    asks: async setup => {
      const offered = await setup.ask(setup.key('alice'), 'quota', (gateway, context) =>
        gateway.readModels?.(context),
      );
      return { isOfKey: offered?.isOfKey, models: [...(offered?.models ?? [])] };
    },
    tells: { isOfKey: true, models: ['gpt-4.1', 'claude-sonnet', 'gpt-free', 'gpt-tiered', 'dall-e-3'] },
  },
  {
    opens: {},
    endpoint: 'GET /api/pricing',
    credential: 'no key',
    asks: async setup => {
      const prices = await setup.ask(setup.key('alice'), 'quota', (gateway, context) =>
        gateway.readPrices?.(context),
      );
      return prices?.byModel.get('dall-e-3');
    },
    tells: [{ group: 'default', perRequest: 0.04 }],
  },
  {
    opens: {},
    endpoint: 'GET /api/data/self?start_timestamp&end_timestamp',
    credential: 'access token',
    asks: async setup => sumsOf(await accountHours(setup)),
    tells: {
      total: { used: 0.35, requests: 3, tokens: 3500 },
      byDay: [
        { name: '2026-06-10', used: 0.15, requests: 2, tokens: 1500 },
        { name: '2026-06-12', used: 0.2, requests: 1, tokens: 2000 },
      ],
      byModel: [
        { name: 'gpt-4.1', used: 0.3, requests: 2, tokens: 3000 },
        { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
      ],
    },
  },
];
