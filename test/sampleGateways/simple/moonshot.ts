import { plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

/** `api.moonshot.cn` and `.ai`: balances are numbers, in a currency that the answer does not name. */
export const moonshot: SimpleKind = {
  path: '/v1/users/me/balance',
  body: ({ account }) => ({
    available_balance: money(account.quota),
    voucher_balance: 0,
    cash_balance: money(account.quota),
  }),
  wrap: data => ({ code: 0, data, scode: '0x0', status: true }),
  refusal: plainJson(401, {
    error: { message: 'Invalid Authentication', type: 'invalid_authentication_error' },
  }),
  scenarios: {
    ok: { data: { available_balance: 49.58894, voucher_balance: 46.58893, cash_balance: 3.00001 } },
    // Cash is owed, and vouchers pay all the same.
    debt: { data: { available_balance: 50, voucher_balance: 50, cash_balance: -0.42 } },
    zero: { account: { quota: 0 } },
    strings: { data: { available_balance: '49.58894' } },
    'minus-1': { data: { available_balance: -1 } },
    'number-999999999': { data: { available_balance: 999_999_999 } },
    'balance-null': { data: { available_balance: null } },
    'balance-missing': { without: ['available_balance'] },
    'status-false': { reply: plainJson(200, { code: 5, data: {}, scode: '0x5', status: false }) },
    'status-false-code-0': {
      reply: plainJson(200, { code: 0, data: { available_balance: 0 }, scode: '0x0', status: false }),
    },
    ...wireTroubles,
  },
  secretPrefix: 'sk-',
  handle: 'moonshot-agent',
  sample: { label: 'Moonshot – agents', left: 0, used: 12, models: ['kimi-k2.6'], pace: 0.08 },
  wallet: 35.2,
};
