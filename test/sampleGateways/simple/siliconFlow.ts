import { json, plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

/** `api.siliconflow.cn` and `.com`: money is decimal text, beside what is personal. */
export const siliconFlow: SimpleKind = {
  path: '/v1/user/info',
  body: ({ account }) => ({
    id: 'userid',
    name: account.name,
    image: '',
    email: 'owner@siliconflow.example',
    isAdmin: false,
    balance: '0.00',
    status: 'normal',
    introduction: '',
    role: '',
    chargeBalance: money(account.quota).toFixed(2),
    totalBalance: money(account.quota).toFixed(2),
  }),
  wrap: data => ({ code: 20_000, message: 'OK', status: true, data }),
  refusal: json(401, 'Api key is invalid'),
  scenarios: {
    ok: { data: { balance: '0.88', chargeBalance: '88.00', totalBalance: '88.88' } },
    zero: { account: { quota: 0 } },
    negative: { data: { balance: '0', chargeBalance: '-0.12', totalBalance: '-0.12' } },
    number: { data: { totalBalance: 88.88 } },
    'minus-1': { data: { totalBalance: '-1' } },
    'number-999999999': { data: { totalBalance: '999999999' } },
    'total-word': { data: { totalBalance: 'enough' } },
    'total-missing': { without: ['totalBalance'] },
    'status-false': {
      reply: plainJson(200, {
        code: 20_000,
        message: 'try later',
        status: false,
        data: { totalBalance: '0' },
      }),
    },
    'code-50505': {
      reply: plainJson(200, { code: 50_505, message: 'Model service overloaded', data: null }),
    },
    'older-401': { reply: json(401, 'Invalid token') },
    'other-text-401': { reply: json(401, 'Unauthorized') },
    ...wireTroubles,
  },
  secretPrefix: 'sk-',
  handle: 'siliconflow-batch',
  sample: { label: 'SiliconFlow – batch', left: 0, used: 9, models: ['deepseek-ai/DeepSeek-V3'], pace: 0.05 },
  wallet: 22.6,
};
