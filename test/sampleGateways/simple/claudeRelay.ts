import { keyId } from '../cheapestInference/accountUsage.ts';
import type { Holdings } from '../state/holdings.ts';
import type { KeyState } from '../state/keyState.ts';
import type { Call } from '../wire/call.ts';
import { plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const MINUTE = 60_000;
const NO_LIMITS = {
  tokenLimit: 0,
  concurrencyLimit: 0,
  rateLimitWindow: 0,
  rateLimitRequests: 0,
  rateLimitCost: 0,
  dailyCostLimit: 0,
  totalCostLimit: 0,
  weeklyOpusCostLimit: 0,
  weeklyResetDay: 1,
  weeklyResetHour: 0,
  currentWindowRequests: 0,
  currentWindowTokens: 0,
  currentWindowCost: 0,
  currentDailyCost: 0,
  currentTotalCost: 0,
  weeklyOpusCost: 0,
  windowStartTime: null,
  windowEndTime: null,
  windowRemainingSeconds: null,
};
const USED = { currentDailyCost: 1.5, currentTotalCost: 12, weeklyOpusCost: 4 };
const USUAL = { ...NO_LIMITS, ...USED, dailyCostLimit: 5, totalCostLimit: 50, weeklyOpusCostLimit: 20 };
const told = (limits: Record<string, unknown>, more = {}) => ({
  data: { limits: { ...USUAL, ...limits }, ...more },
});
/** An hour that began half an hour before noon. */
const hour = (limits: Record<string, unknown>) =>
  told({
    rateLimitWindow: 60,
    windowStartTime: NOON - 30 * MINUTE,
    windowEndTime: NOON + 30 * MINUTE,
    windowRemainingSeconds: 1800,
    ...limits,
  });
const refused = (status: number, error: string, message: string) => ({
  reply: plainJson(status, { error, message }),
});

/** Claude Relay Service: a key is asked for its id, and the id for everything. */
export const claudeRelay: SimpleKind = {
  path: '/apiStats/api/user-stats',
  method: 'POST',
  page: {
    path: '/health',
    reply: plainJson(200, { status: 'healthy', service: 'claude-relay-service', version: '1.1.314' }),
  },
  unknownPath: path => plainJson(404, { error: 'Not Found', message: `Route ${path} not found` }),
  beside: {
    path: '/apiStats/api/get-key-id',
    answer: ({ key }) => plainJson(200, { success: true, data: { id: keyId(key) } }),
  },
  body: ({ key }) => ({
    id: keyId(key),
    name: key.name,
    description: '',
    isActive: true,
    expiresAt: '',
    expirationMode: 'fixed',
    isActivated: true,
    permissions: '[]',
    limits: { ...NO_LIMITS, totalCostLimit: money(key.used + key.remain), currentTotalCost: money(key.used) },
    restrictions: { enableModelRestriction: false, restrictedModels: [] },
  }),
  wrap: data => ({ success: true, data }),
  keyOf,
  refusal: ({ path, body }) => {
    if (path === '/apiStats/api/user-stats')
      return refused(400, 'Invalid API ID format', 'API ID must be a valid UUID').reply;
    const message = body.includes('"cr_') ? 'API key not found' : 'Invalid API key format';
    return refused(401, 'Invalid API key', message).reply;
  },
  scenarios: {
    ok: told({}),
    strings: told({ totalCostLimit: '50', currentTotalCost: '12.00', dailyCostLimit: '5.0' }),
    'no-limits': { data: { limits: { ...NO_LIMITS, ...USED } } },
    'limits-minus-1': told({ totalCostLimit: -1, dailyCostLimit: -1, weeklyOpusCostLimit: -1 }),
    'limits-999999999': told({
      totalCostLimit: 999_999_999,
      dailyCostLimit: 999_999_999,
      weeklyOpusCostLimit: 999_999_999,
    }),
    'used-minus-1': told({ currentTotalCost: -1, currentDailyCost: -1, weeklyOpusCost: -1 }),
    'used-999999999': told({
      currentTotalCost: 999_999_999,
      currentDailyCost: '999999999',
      weeklyOpusCost: 999_999_999,
    }),
    'total-word': told({ totalCostLimit: 'plenty' }),
    'day-word': told({ dailyCostLimit: 'plenty' }),
    'day-word-alone': { data: { limits: { ...NO_LIMITS, ...USED, dailyCostLimit: 'plenty' } } },
    old: told({ totalCostLimit: undefined, weeklyOpusCostLimit: undefined, currentTotalCost: undefined }),
    'day-used-up': told({ currentDailyCost: 5.25 }),
    'total-used-up': told({ currentTotalCost: 50 }),
    'claude-used-up': told({ weeklyOpusCost: 21 }),
    'claude-alone': told({ weeklyOpusCost: 21 }, { permissions: '["claude"]' }),
    'hour-of-requests': hour({ rateLimitRequests: 100, currentWindowRequests: 97 }),
    // Refused ones count, too.
    'hour-over': hour({ rateLimitRequests: 100, currentWindowRequests: 112 }),
    'hour-of-cost': hour({ rateLimitCost: 3, currentWindowCost: 2.75 }),
    'hour-of-tokens': hour({
      tokenLimit: 200_000,
      currentWindowTokens: 150_000,
      rateLimitCost: 3,
      currentWindowCost: 2.75,
    }),
    'hour-not-begun': hour({
      rateLimitRequests: 100,
      windowStartTime: null,
      windowEndTime: null,
      windowRemainingSeconds: null,
    }),
    // It is over, and its counts are told all the same.
    'hour-passed': hour({
      rateLimitRequests: 100,
      currentWindowRequests: 100,
      windowEndTime: NOON - MINUTE,
      windowRemainingSeconds: 0,
    }),
    'odd-minutes': hour({ rateLimitWindow: 45, rateLimitCost: 3, currentWindowCost: 1 }),
    'runs-two': told({ concurrencyLimit: 2 }),
    ending: told({}, { expiresAt: '2026-07-01T00:00:00.000Z' }),
    over: told({}, { expiresAt: '2026-06-15T11:00:00.000Z' }),
    'not-begun': told({}, { expirationMode: 'activation', isActivated: false, activationDays: 7 }),
    'limits-null': { data: { limits: null } },
    'id-word': { reply: plainJson(200, { success: true, data: { id: 'soon' } }) },
    deleted: refused(401, 'Invalid API key', 'API key not found'),
    off: refused(401, 'Invalid API key', 'API Key "off" 已被禁用'),
    expired: refused(401, 'Invalid API key', 'API Key "soon" 已过期'),
    'user-off': refused(401, 'Invalid API key', 'User account is disabled'),
    'id-off': refused(403, 'API key is disabled', 'API Key "off" 已被禁用'),
    'id-expired': refused(403, 'API key has expired', 'API Key "soon" 已过期'),
    'id-unknown': refused(404, 'API key not found', 'The specified API key does not exist'),
    'id-in-words': refused(401, 'No', 'nothing for 6c3a1f60-0b7e-4c5e-8f1d-2a9c5b7d4e11'),
    ...wireTroubles,
  },
  secretPrefix: 'cr_',
  handle: 'relay-agent',
  sample: { label: 'Claude Relay – team', left: 41, used: 9, models: ['claude-sonnet-4-5'], pace: 0.4 },
  wallet: 0,
};

function keyOf({ path, body }: Call, holdings: Holdings): KeyState | undefined {
  const sent: { apiKey?: string; apiId?: string } = JSON.parse(body || '{}');
  if (path === '/apiStats/api/get-key-id') return holdings.keyBySecret(sent.apiKey ?? '');
  return [...holdings.keys.values()].find(key => keyId(key) === sent.apiId);
}
