import { hashOf } from '../../../sampleGateways/liteLlm/key.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { JUNE } from '../fixture.ts';
import { ALICE, aliceQuota, type Row } from './row.ts';

const opens = { kind: 'liteLlm' } as const;
/** By the second way, which the older version has alone. */
const old = { ...opens, settings: { liteLlm: { version: '1.74.9', isFlat: true, pageRows: 1000 } } } as const;

const reading = async (setup: Parameters<Row['asks']>[0]) => setup.read(setup.key('alice'));

/** What alice spent in June by the hash of its key alone. */
const alicesJune = (setup: Parameters<Row['asks']>[0]) =>
  setup.ask(setup.key('alice'), 'rangeByKey', async (gateway, context) => {
    const usage = await gateway.readUsage?.(context, JUNE);
    const { total, byDay, byModel, coverage } = usage ?? {};
    return { total, byDay, byModel, complete: coverage?.complete, reason: coverage?.reason };
  });
const ALICES_JUNE = {
  total: { used: 0.15, requests: 2, tokens: 1500 },
  byDay: [{ name: '2026-06-10', used: 0.15, requests: 2, tokens: 1500 }],
  byModel: [
    { name: 'gpt-4.1', used: 0.1, requests: 1, tokens: 1000 },
    { name: 'claude-sonnet', used: 0.05, requests: 1, tokens: 500 },
  ],
  complete: true,
  reason: 'utc-days',
};

/** The rows of LiteLLM. */
export const liteLlmRows: readonly Row[] = [
  { opens, endpoint: 'GET /key/info', credential: 'API key', asks: aliceQuota, tells: ALICE },
  {
    opens,
    endpoint: 'GET /v2/user/info',
    credential: 'API key',
    // Its user has no budget.
    asks: async setup => (await reading(setup)).windows ?? 'no limit above',
    tells: 'no limit above',
  },
  {
    opens: old,
    endpoint: 'GET /user/info',
    credential: 'API key',
    asks: async setup => (await reading(setup)).unreadable ?? 'all was read',
    tells: 'all was read',
  },
  {
    opens,
    endpoint: 'GET /v1/models',
    credential: 'API key',
    asks: async setup => (await reading(setup)).models,
    tells: ['gpt-4.1', 'claude-sonnet', 'gpt-4.1-mini'],
  },
  {
    opens,
    endpoint: 'GET /user/daily/activity?start_date&end_date&api_key&page_size&page',
    credential: 'API key',
    asks: alicesJune,
    tells: ALICES_JUNE,
  },
  {
    opens: old,
    endpoint: 'GET /user/daily/activity?start_date&end_date&api_key',
    credential: 'API key',
    asks: async setup => {
      const told = await alicesJune(setup);
      const [call] = setup.gateway.callsOf({ path: '/user/daily/activity' });
      const hash = new URLSearchParams(call?.search).get('api_key');
      return { told, byItsHash: hash === hashOf(secretFor('alice')) };
    },
    tells: { told: ALICES_JUNE, byItsHash: true },
  },
];
