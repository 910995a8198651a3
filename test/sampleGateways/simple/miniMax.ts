import { plainJson } from '../wire/reply.ts';
import { type SimpleKind, share } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 5, 15, 12);
const row = (model_name: string, interval: unknown, week: unknown, now = NOON) => ({
  model_name,
  start_time: now - 3 * HOUR,
  end_time: now + 2 * HOUR,
  remains_time: 2 * HOUR,
  current_interval_total_count: 0,
  current_interval_usage_count: 0,
  current_interval_status: 1,
  current_interval_remaining_percent: interval,
  weekly_start_time: now - 96 * HOUR,
  weekly_end_time: now + 72 * HOUR,
  weekly_remains_time: 72 * HOUR,
  current_weekly_total_count: 0,
  current_weekly_usage_count: 0,
  current_weekly_status: 1,
  current_weekly_remaining_percent: week,
  weekly_boost_permille: 1500,
});
const told = (...model_remains: readonly unknown[]) => ({ data: { model_remains } });
const failure = (status_code: number, status_msg: string) =>
  plainJson(200, { base_resp: { status_code, status_msg } });
const COUNTS = {
  current_interval_total_count: 100,
  current_interval_usage_count: 25,
  current_interval_remaining_percent: undefined,
  current_weekly_status: 3,
};

/** `api.minimax.io`, whose path any other host but China's is asked at: per cent that are left, model by model. */
export const miniMax: SimpleKind = {
  path: '/v1/api/openplatform/coding_plan/remains',
  body: ({ key, now }) => ({
    model_remains: [row('general', 100 - share(key) * 100, 100 - share(key) * 50, now)],
    base_resp: { status_code: 0, status_msg: 'success' },
  }),
  refusal: failure(2049, 'invalid api key'),
  scenarios: {
    ok: told(row('general', 96, 99)),
    strings: told(row('general', '96', '99.0')),
    'worst-of-models': told(row('MiniMax-M2', 80, 99), row('MiniMax-M2.5', 35, 90)),
    'with-video': told(row('general', 96, 99), row('video', 0, 0)),
    'week-not-in-plan': told({ ...row('general', 96, 99), current_weekly_status: 3 }),
    'data-wrapped': {
      reply: plainJson(200, {
        data: {
          model_remains: [row('general', 96, 99)],
          current_subscribe_title: 'Plus',
          points_balance: '14000',
        },
        base_resp: { status_code: 0, status_msg: 'success' },
      }),
    },
    'remains-time': told({
      ...row('general', 96, 99),
      start_time: undefined,
      end_time: undefined,
      weekly_end_time: undefined,
    }),
    'used-up': told(row('general', 0, 60)),
    'over-100': told(row('general', 120, 60)),
    'minus-1': told(row('general', -1, 60)),
    'number-999999999': told(row('general', 999_999_999, 60)),
    'reset-in-the-past': told({ ...row('general', 96, 99), end_time: NOON - HOUR }),
    // Which of the two meanings their counts have is known by the host alone.
    'counts-alone': told({ ...row('general', 96, 99), ...COUNTS }),
    'row-word': told('general', row('general', 96, 99)),
    'no-rows': told(),
    'rows-null': { data: { model_remains: null } },
    'cookie-1004': { reply: failure(1004, 'cookie is missing, log in again') },
    'busy-1002': { reply: failure(1002, 'rate limit') },
    'other-code': { reply: failure(1000, 'invalid api key') },
    'anthropic-401': {
      reply: plainJson(401, {
        type: 'error',
        error: { type: 'authorized_error', message: 'invalid api key (2049)', http_code: '401' },
      }),
    },
    ...wireTroubles,
  },
  secretPrefix: 'sk-cp-',
  handle: 'minimax-plan',
  sample: { label: 'MiniMax – plan', left: 16, used: 4, models: ['MiniMax-M2.5'], pace: 0.1 },
  wallet: 0,
};
