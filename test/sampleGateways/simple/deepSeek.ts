import { plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const balance = (currency: string, total: string, granted = '0.00') => ({
  currency,
  total_balance: total,
  granted_balance: granted,
  topped_up_balance: total,
});

/** `api.deepseek.com`: money is decimal text, by currency. */
export const deepSeek: SimpleKind = {
  path: '/user/balance',
  body: ({ account }) => ({
    is_available: account.quota > 0,
    balance_infos: [balance('CNY', money(account.quota).toFixed(2))],
  }),
  refusal: plainJson(401, {
    error: {
      message: 'Authentication Fails, Your api key: ****fcc2 is invalid',
      type: 'authentication_error',
      param: null,
      code: 'invalid_request_error',
    },
  }),
  scenarios: {
    ok: {},
    usd: { data: { balance_infos: [balance('USD', '7.25', '0.25')] } },
    both: { data: { balance_infos: [balance('CNY', '110.00', '10.00'), balance('USD', '3.50')] } },
    'both-first-empty': { data: { balance_infos: [balance('CNY', '0.00'), balance('USD', '3.50')] } },
    'both-empty': {
      data: { is_available: false, balance_infos: [balance('USD', '0.00'), balance('CNY', '0.00')] },
    },
    none: { data: { is_available: false, balance_infos: [] } },
    zero: { account: { quota: 0 } },
    unavailable: { data: { is_available: false, balance_infos: [balance('CNY', '5.00')] } },
    'unavailable-debt': { data: { is_available: false, balance_infos: [balance('CNY', '-0.42')] } },
    'minus-1': { data: { balance_infos: [balance('CNY', '-1')] } },
    'numbers-999999999': {
      data: { balance_infos: [{ ...balance('CNY', ''), total_balance: 999_999_999 }] },
    },
    'no-availability': { without: ['is_available'] },
    'one-unreadable': { data: { balance_infos: [balance('EUR', '5.00'), balance('USD', '3.50')] } },
    'empty-beside-unreadable': {
      data: { balance_infos: [balance('CNY', '0.00'), balance('USD', 'plenty')] },
    },
    'amount-word': { data: { balance_infos: [balance('CNY', 'plenty')] } },
    'infos-null': { data: { balance_infos: null } },
    'infos-object': { data: { balance_infos: balance('CNY', '5.00') } },
    'older-401': {
      reply: plainJson(401, {
        error: {
          message: 'Authentication Fails (no such user)',
          type: 'authentication_error',
          param: null,
          code: 'invalid_request_error',
        },
      }),
    },
    ...wireTroubles,
  },
  secretPrefix: 'sk-',
  handle: 'deepseek-chat',
  sample: {
    label: 'DeepSeek – reviews',
    left: 0,
    used: 20,
    models: ['deepseek-chat', 'deepseek-reasoner'],
    pace: 0.1,
  },
  wallet: 68.4,
};
