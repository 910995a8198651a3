import { plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const error = (status: number, message: string, type = 'Aihubmix_api_error') =>
  plainJson(status, { error: { message, type } });

/** `aihubmix.com`: what is left, in a member that is named after what was used. */
export const aiHubMix: SimpleKind = {
  path: '/dashboard/billing/remain',
  body: ({ key }) => ({ object: 'list', total_usage: key.unlimited ? -0.000002 : money(key.remain) }),
  refusal: error(401, 'Invalid token: CANARY (tid: 2026061512000000000000000)'),
  scenarios: {
    ok: { holds: { remain: 6_170_000 } },
    unlimited: { holds: { unlimited: true } },
    'unlimited-text': { data: { total_usage: '-0.000002' } },
    'used-up': { holds: { remain: 0 } },
    overspent: { data: { total_usage: -0.37 } },
    strings: { data: { total_usage: '12.34' } },
    'minus-1': { data: { total_usage: -1 } },
    'number-999999999': { data: { total_usage: 999_999_999 } },
    'usage-null': { data: { total_usage: null } },
    'usage-list': { data: { total_usage: [12.34] } },
    'exhausted-text-403': { reply: error(403, 'quota exhausted') },
    'exhausted-text-200': { reply: plainJson(200, { success: false, message: 'Quota exhausted' }) },
    'exhausted-bare': { reply: plainJson(401, { error: 'quota exhausted' }) },
    'exhausted-elsewhere': { reply: error(403, 'The quota of this address is exhausted') },
    ...wireTroubles,
  },
  secretPrefix: 'sk-',
  handle: 'aihubmix-notebook',
  sample: { label: 'AiHubMix – notebook', left: 8.25, used: 6.75, models: ['gpt-4.1-mini'], pace: 0.1 },
  wallet: 20,
};
