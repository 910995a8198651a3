import { JUNE } from '../fixture.ts';
import { ALICE, aliceQuota, type Row } from './row.ts';

const opens = { kind: 'sub2Api' } as const;
const BUILD = { timeZone: 'UTC', hasDays: true } as const;

/** The rows of Sub2API. */
export const sub2ApiRows: readonly Row[] = [
  { opens, endpoint: 'GET /v1/usage', credential: 'API key', asks: aliceQuota, tells: ALICE },
  {
    opens,
    endpoint: 'GET /api/v1/settings/public',
    credential: 'no key',
    asks: async setup => (await setup.read(setup.key('alice'))).gatewayName,
    tells: 'Sub2API',
  },
  // Before 0.1.89 a key is told of the wallet, of which $0.35 of $10 are spent, whatever it has itself.
  ...(['0.1.1', '2026-02-14'] as const).map(
    (build): Row => ({
      opens: { ...opens, settings: { sub2Api: { ...BUILD, build } } },
      endpoint: 'GET /v1/usage',
      credential: 'API key',
      asks: async setup => {
        const { quota = null, account } = await setup.read(setup.key('alice'));
        return { quota, account };
      },
      tells: { quota: null, account: { balance: 9.65 } },
    }),
  ),
  {
    opens,
    endpoint: 'GET /v1/usage?start_date&end_date&days',
    credential: 'API key',
    asks: setup =>
      setup.ask(setup.key('alice'), 'rangeByKey', async (gateway, context) => {
        const usage = await gateway.readUsage?.(context, JUNE);
        const { total, byDay, byModel, coverage } = usage ?? {};
        return { total, byDay, byModel, complete: coverage?.complete, reason: coverage?.reason };
      }),
    tells: {
      total: { used: 0.15, requests: 2, tokens: 1500 },
      byDay: [{ name: '2026-06-10', used: 0.15, requests: 2, tokens: 1500 }],
      byModel: [
        { name: 'gpt-4.1', used: 0.1, requests: 1, tokens: 1000 },
        { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
      ],
      complete: true,
      reason: 'gateway-days',
    },
  },
];
