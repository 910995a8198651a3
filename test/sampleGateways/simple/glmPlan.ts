import { plainJson } from '../wire/reply.ts';
import { type SimpleKind, share } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 5, 15, 12);
const limit = (type: string, unit: number, number: number, percentage: number, nextResetTime?: number) => ({
  type,
  unit,
  number,
  percentage,
  nextResetTime,
});
const HOURS = limit('TOKENS_LIMIT', 3, 5, 25, NOON + 2 * HOUR);
const WEEK = limit('TOKENS_LIMIT', 6, 1, 9, NOON + 72 * HOUR);
const TOOLS = {
  ...limit('TIME_LIMIT', 5, 1, 22),
  usage: 1000,
  currentValue: 224,
  remaining: 776,
  usageDetails: [{ modelCode: 'search-prime', usage: 210 }],
};
const credits = { type: 'CREDIT_LIMIT', unit: 3, number: 5, nextResetTime: NOON + 2 * HOUR };
const told = (...limits: readonly unknown[]) => ({ data: { limits } });

/** `open.bigmodel.cn` and `api.z.ai`: per cent that were used; failures have the status 200. */
export const glmPlan: SimpleKind = {
  path: '/api/monitor/usage/quota/limit',
  body: ({ key, now }) => ({
    planName: 'Pro',
    level: 'pro',
    limits: [
      limit('TOKENS_LIMIT', 3, 5, share(key) * 100, now + 2 * HOUR),
      limit('TOKENS_LIMIT', 6, 1, share(key) * 50, now + 72 * HOUR),
      TOOLS,
    ],
  }),
  wrap: data => ({ code: 200, msg: 'Operation successful', success: true, data }),
  refusal: plainJson(200, { code: 401, msg: 'token expired or incorrect', success: false }),
  scenarios: {
    ok: told(HOURS, WEEK),
    'with-tools': told({ ...TOOLS, percentage: 100 }, HOURS, WEEK),
    'one-window': told(HOURS),
    'week-of-7': told({ ...WEEK, number: 7 }),
    'credit-limit': told({ ...credits, usage: 2000, currentValue: 100, remaining: 1900, percentage: 5 }),
    'credit-limit-counts': told({ ...credits, currentValue: 1, remaining: 4 }),
    'bare-list': {
      reply: plainJson(200, { code: 200, message: 'success', data: [HOURS, WEEK] }),
    },
    'no-name': { ...told(HOURS, WEEK), without: ['planName', 'level'] },
    'no-reset': told({ ...HOURS, nextResetTime: undefined, percentage: 0 }),
    'reset-in-the-past': told({ ...HOURS, nextResetTime: NOON - HOUR }),
    strings: told({ ...HOURS, percentage: '25.0' }, { ...WEEK, percentage: '9' }),
    'used-up': told({ ...HOURS, percentage: 100 }),
    'over-100': told({ ...HOURS, percentage: 112 }),
    'minus-1': told({ ...HOURS, percentage: -1 }, WEEK),
    'number-999999999': told({ ...HOURS, percentage: 999_999_999 }, WEEK),
    'hours-999999999': told({ ...HOURS, number: 999_999_999 }, WEEK),
    'other-unit': told({ ...HOURS, unit: 9 }, WEEK),
    'other-type': told(WEEK, { ...HOURS, type: 'MOON_LIMIT' }),
    'only-odd': told({ ...HOURS, percentage: 'much' }),
    'empty-limits': told(),
    'limits-null': { data: { limits: null } },
    'success-false': { reply: plainJson(200, { code: 500, msg: '系统繁忙', success: false }) },
    'other-code': {
      reply: plainJson(200, { code: 402, msg: 'token expired or incorrect', success: false }),
    },
    'no-header': {
      reply: plainJson(200, {
        code: 1001,
        msg: 'Authentication parameter not received in Header, unable to authenticate',
        success: false,
      }),
    },
    'no-plan': { reply: plainJson(200, { code: 500_01, msg: '当前用户不存在coding plan', success: false }) },
    ...wireTroubles,
  },
  secretPrefix: '',
  handle: 'glm-plan',
  sample: { label: 'GLM – coding plan', left: 11, used: 9, models: ['glm-4.6'], pace: 0.1 },
  wallet: 0,
};
