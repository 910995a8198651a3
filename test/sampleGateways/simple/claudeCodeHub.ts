import { page, plainJson, type Reply } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const NO_LIMITS = {
  ...Object.fromEntries(
    ['key', 'user'].flatMap(who =>
      ['5h', 'Daily', 'Weekly', 'Monthly', 'Total'].flatMap(part => [
        [`${who}Limit${part}Usd`, null],
        [`${who}Current${part}Usd`, 0],
      ]),
    ),
  ),
  keyLimitConcurrentSessions: 0,
  keyCurrentConcurrentSessions: 0,
  userLimitConcurrentSessions: null,
  userCurrentConcurrentSessions: 0,
  userRpmLimit: null,
  userExpiresAt: null,
  userName: 'alice',
  userIsEnabled: true,
  keyIsEnabled: true,
  userAllowedModels: [],
  expiresAt: null,
  dailyResetMode: 'fixed',
  dailyResetTime: '06:00',
};
const USUAL = {
  keyLimitDailyUsd: 3,
  keyCurrentDailyUsd: 0.5,
  keyLimitTotalUsd: 100,
  keyCurrentTotalUsd: 20,
  userLimitWeeklyUsd: 50,
  userCurrentWeeklyUsd: 10,
};
const told = (more: Record<string, unknown>) => ({ data: { ...USUAL, ...more } });
const problem = (status: number, code: string, detail: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/problem+json', 'X-API-Version': '1.0.0' },
  body: JSON.stringify({
    type: `urn:claude-code-hub:problem:${code}`,
    title: 'Unauthorized',
    status,
    detail,
    instance: '/api/v1/me/quota',
    errorCode: code,
  }),
});
const REFUSED = problem(401, 'auth.invalid', 'Authentication is invalid or expired.');

const NO_SUCH_CALL: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=UTF-8', 'X-API-Version': '1.0.0' },
  body: '404 Not Found',
};

/** claude-code-hub in its mode `dual`; in its default mode it refuses all keys as it does wrong ones. */
export const claudeCodeHub: SimpleKind = {
  path: '/api/v1/me/quota',
  body: ({ key }) => ({
    ...NO_LIMITS,
    keyName: key.name,
    keyLimitTotalUsd: money(key.used + key.remain),
    keyCurrentTotalUsd: money(key.used),
  }),
  beside: {
    path: '/api/v1/me/usage-logs/stats-summary',
    answer: ({ key, spent, query }) => {
      const [from, to] = ['startDate', 'endDate'].map(name => Date.parse(query.get(name) ?? '') / 1000);
      const own = spent.filter(
        row => row.key === key.handle && row.at >= (from ?? 0) && row.at < (to ?? 0) + 86_400,
      );
      const rows = [...new Set(own.map(({ model }) => model))].map(model => {
        const of = own.filter(row => row.model === model);
        const sum = (amount: (row: (typeof own)[number]) => number) =>
          of.reduce((all, row) => all + amount(row), 0);
        return {
          model,
          requests: of.length,
          cost: money(sum(row => row.quota)),
          inputTokens: sum(row => row.promptTokens),
          outputTokens: sum(row => row.completionTokens),
          cacheCreationTokens: 0,
          cacheReadTokens: 0,
        };
      });
      return plainJson(200, {
        totalRequests: own.length,
        totalCost: rows.reduce((all, { cost }) => all + cost, 0),
        keyModelBreakdown: rows,
        currencyCode: 'USD',
      });
    },
  },
  refusal: REFUSED,
  unknownPath: path =>
    path.startsWith('/api/v1/') ? NO_SUCH_CALL : page(404, '<!DOCTYPE html><title>404</title>'),
  scenarios: {
    ok: told({}),
    strings: told({ keyLimitDailyUsd: '3', keyCurrentDailyUsd: '0.50', keyLimitTotalUsd: '100.0' }),
    'no-limits': { data: { ...NO_LIMITS, keyCurrentTotalUsd: 20 } },
    // As older versions say it.
    'limits-zero': told({ keyLimitDailyUsd: 0, keyLimitTotalUsd: 0, userLimitWeeklyUsd: 0 }),
    'limits-minus-1': told({ keyLimitDailyUsd: -1, keyLimitTotalUsd: -1, userLimitWeeklyUsd: -1 }),
    'limits-999999999': told({
      keyLimitDailyUsd: 999_999_999,
      keyLimitTotalUsd: 999_999_999,
      userLimitWeeklyUsd: 999_999_999,
    }),
    'used-minus-1': told({ keyCurrentDailyUsd: -1, keyCurrentTotalUsd: -1, userCurrentWeeklyUsd: -1 }),
    'used-null': told({ keyCurrentDailyUsd: null, keyCurrentTotalUsd: null, userCurrentWeeklyUsd: null }),
    'day-word': told({ keyLimitDailyUsd: 'plenty' }),
    'rpm-word': told({ userRpmLimit: 'plenty' }),
    'total-missing': { data: USUAL, without: ['keyLimitTotalUsd'] },
    'day-used-up': told({ keyCurrentDailyUsd: 3.25 }),
    'user-used-up': told({ userCurrentWeeklyUsd: 50 }),
    'user-total': told({ userLimitTotalUsd: 12, userCurrentTotalUsd: 10 }),
    rolling: told({ dailyResetMode: 'rolling' }),
    'all-limits': told({ keyLimit5hUsd: 2, keyLimitWeeklyUsd: 10, keyLimitMonthlyUsd: 30, userRpmLimit: 60 }),
    'sessions-full': told({ keyLimitConcurrentSessions: 2, keyCurrentConcurrentSessions: 2 }),
    ending: told({ expiresAt: '2026-12-31T15:59:59.000Z' }),
    'user-ends-first': told({
      expiresAt: '2026-12-31T15:59:59.000Z',
      userExpiresAt: '2026-07-01T00:00:00.000Z',
    }),
    'user-over': told({ userExpiresAt: '2026-06-15T11:00:00.000Z' }),
    'end-word': told({ expiresAt: 'soon' }),
    'key-off': told({ keyIsEnabled: false }),
    'user-off': told({ userIsEnabled: false }),
    'figures-null': {
      data: Object.fromEntries(Object.keys({ ...NO_LIMITS, ...USUAL }).map(name => [name, 'odd'])),
    },
    'default-mode': { reply: REFUSED },
    'other-problem': { reply: problem(401, 'auth.missing', 'Authentication is required.') },
    'action-failed': { reply: problem(400, 'me.action_failed', 'Failed to get quota') },
    'other-software': { reply: plainJson(401, { type: 'about:blank', errorCode: 'auth.invalid' }) },
    ...wireTroubles,
  },
  secretPrefix: 'sk-',
  handle: 'hub-agent',
  sample: { label: 'claude-code-hub – desk', left: 63, used: 37, models: ['claude-sonnet-4-5'], pace: 0.5 },
  wallet: 0,
};
