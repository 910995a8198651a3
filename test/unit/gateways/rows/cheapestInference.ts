import { keyId } from '../../../sampleGateways/cheapestInference/accountUsage.ts';
import type { Row } from './row.ts';

const opens = { kind: 'cheapestInference' } as const;
const END = '2100-02-15T10:00:00.000Z';

/** All was spent three and five days ago. */
const alice = (id: string) => ({
  id,
  name: 'alice',
  enabled: true,
  periods: [
    { period: '1h', requests: 0, tokens: 0 },
    { period: '24h', requests: 0, tokens: 0 },
    { period: '7d', requests: 2, tokens: 1500 },
    { period: '30d', requests: 2, tokens: 1500 },
  ],
  expiresAt: END,
});

/** The id is the sample gateway's own doing; everything else is computed by hand. */
const aliceId = keyId({ handle: 'alice' } as Parameters<typeof keyId>[0]);

/** The rows of CheapestInference. */
export const cheapestInferenceRows: readonly Row[] = [
  {
    opens,
    endpoint: 'GET /v1/usage',
    credential: 'API key',
    asks: async setup => {
      const { budget, rateLimits, plan, account, name, unit } = await setup.read(setup.key('alice'));
      return { budget, rateLimits, plan, account, name, unit };
    },
    tells: {
      budget: { spent: 0.65, limit: 10, resetsAt: END, every: '30d' },
      rateLimits: { rpm: 60, tpm: 3333 },
      plan: { name: 'standard', status: 'active', expiresAt: END },
      account: { balance: 9.65 },
      name: 'alice',
      unit: { code: 'USD', source: 'gateway' },
    },
  },
  {
    opens,
    endpoint: 'GET /api/usage',
    credential: 'management key',
    asks: async setup => (await setup.read(setup.account('team'))).accountKeys?.[0],
    tells: alice(aliceId),
  },
  {
    opens,
    endpoint: `GET /api/usage/${aliceId}`,
    credential: 'management key',
    asks: setup =>
      setup.ask(setup.account('team'), 'accountKey', (gateway, context) =>
        gateway.readAccountKey?.(context, aliceId),
      ),
    tells: alice(aliceId),
  },
  {
    opens,
    endpoint: 'GET /api/plans',
    credential: 'no key',
    asks: setup =>
      setup.ask(setup.key('alice'), 'plans', (gateway, context) => gateway.readPlans?.(context.sendRequest)),
    tells: [
      { slug: 'standard', name: 'Standard', price: 20, rpm: 60, tpm: 3333 },
      { slug: 'pro', name: 'Pro', price: 60, rpm: 200, tpm: 13_333 },
    ],
  },
];
