import { plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

/** `ai-gateway.vercel.sh`: the credits of a team, as decimal text. Its report, which costs, is not here. */
export const vercelGateway: SimpleKind = {
  path: '/v1/credits',
  body: ({ account }) => ({
    balance: money(account.quota).toFixed(2),
    total_used: money(account.used).toFixed(2),
  }),
  refusal: plainJson(401, { error: { message: 'Invalid API key', type: 'authentication_error' } }),
  scenarios: {
    ok: { data: { balance: '95.50', total_used: '4.50' } },
    zero: { data: { balance: '0', total_used: '100' } },
    numbers: { data: { balance: 95.5, total_used: 4.5 } },
    'used-minus-1': { data: { balance: '95.50', total_used: '-1' } },
    'used-missing': { without: ['total_used'], data: { balance: '95.50' } },
    'minus-1': { data: { balance: '-1', total_used: '0' } },
    'number-999999999': { data: { balance: 999_999_999, total_used: '0' } },
    'balance-empty': { data: { balance: '', total_used: '4.50' } },
    'balance-missing': { without: ['balance'] },
    ...wireTroubles,
  },
  secretPrefix: 'vck_',
  handle: 'vercel-site',
  sample: { label: 'Vercel AI Gateway – site', left: 0, used: 3.5, models: ['openai/gpt-4.1'], pace: 0.06 },
  wallet: 16.5,
};
