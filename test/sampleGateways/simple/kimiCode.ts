import { plainJson } from '../wire/reply.ts';
import { type SimpleKind, share } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const HOUR = 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();
const part = (used: number, limit: number, resetTime: string | undefined) => ({
  limit: String(limit),
  used: String(used),
  remaining: String(limit - used),
  resetTime,
});
const ofTime = (duration: number, timeUnit: string, detail: unknown) => ({
  window: { duration, timeUnit: `TIME_UNIT_${timeUnit}` },
  detail,
});
const WEEK = part(214, 2048, '2026-06-18T15:23:13.716839300Z');
const HOURS = part(139, 200, '2026-06-15T13:33:02.717479433Z');
const usual = { usage: WEEK, limits: [ofTime(300, 'MINUTE', HOURS)] };

/** `api.kimi.com`: numbers are text, and what they count is not said. */
export const kimiCode: SimpleKind = {
  path: '/coding/v1/usages',
  body: ({ key, now }) => ({
    usage: part(share(key) * 1000, 1000, at(now + 72 * HOUR)),
    limits: [ofTime(300, 'MINUTE', part(share(key) * 200, 200, at(now + 2 * HOUR)))],
  }),
  refusal: plainJson(401, {
    error: {
      type: 'authentication_error',
      message:
        'The API Key appears to be invalid or may have expired. Please verify your credentials and try again.',
    },
    type: 'error',
  }),
  scenarios: {
    ok: { data: usual },
    wrapped: { data: { data: usual }, without: ['usage', 'limits'] },
    numbers: {
      data: {
        ...usual,
        usage: { limit: 2048, used: 214 },
        limits: [ofTime(5, 'HOUR', { ...HOURS, limit: 200 })],
      },
    },
    'used-missing': { data: { ...usual, usage: { ...WEEK, used: undefined } } },
    'limits-null': { data: { ...usual, limits: null } },
    'limits-map': { data: { ...usual, limits: { hours: ofTime(300, 'MINUTE', HOURS) } } },
    'limits-empty': { data: { ...usual, limits: [] } },
    'week-missing': { data: usual, without: ['usage'] },
    'other-names': {
      data: {
        ...usual,
        usage: { limit: '100', used: '90', reset_in: 7200 },
        limits: [ofTime(1, 'DAY', { limit: '100', used: '10', reset_at: '2026-06-15T13:00:00Z' })],
      },
    },
    'used-up': { data: { ...usual, limits: [ofTime(300, 'MINUTE', part(200, 200, HOURS.resetTime))] } },
    'over-100': { data: { ...usual, limits: [ofTime(300, 'MINUTE', part(230, 200, HOURS.resetTime))] } },
    'reset-in-the-past': {
      data: { ...usual, limits: [ofTime(300, 'MINUTE', part(139, 200, '2026-06-15T09:00:00Z'))] },
    },
    'minus-1': { data: { ...usual, limits: [ofTime(300, 'MINUTE', { ...HOURS, limit: '-1', used: '-1' })] } },
    'used-minus-1': {
      data: { ...usual, limits: [ofTime(300, 'MINUTE', { limit: '200', used: '-1' })] },
    },
    'limit-minus-1': { data: { ...usual, limits: [ofTime(300, 'MINUTE', { limit: '-1', used: '50' })] } },
    'more-left-than-all': {
      data: { ...usual, limits: [ofTime(300, 'MINUTE', { limit: '200', remaining: '230' })] },
    },
    'remaining-minus-1': {
      data: { ...usual, limits: [ofTime(300, 'MINUTE', { limit: '200', remaining: '-1' })] },
    },
    'limit-999999999': { data: { usage: part(214, 999_999_999, undefined), limits: [] } },
    'duration-zero': { data: { ...usual, limits: [ofTime(0, 'MINUTE', HOURS)] } },
    'duration-999999999': { data: { ...usual, limits: [ofTime(999_999_999, 'HOUR', HOURS)] } },
    'limit-zero': { data: { usage: part(0, 0, undefined), limits: [] } },
    'other-unit': { data: { ...usual, limits: [ofTime(1, 'MOON', HOURS)] } },
    'usage-word': { data: { usage: 'plenty', limits: 'none' } },
    'openai-401': {
      reply: plainJson(401, {
        error: { message: 'Invalid Authentication', type: 'invalid_authentication_error' },
      }),
    },
    ...wireTroubles,
  },
  secretPrefix: 'sk-kimi-',
  handle: 'kimi-plan',
  sample: { label: 'Kimi Code – plan', left: 14, used: 6, models: ['kimi-for-coding'], pace: 0.1 },
  wallet: 0,
};
