import type { AccountFigures } from '../state/accountState.ts';
import { json } from '../wire/reply.ts';
import { encodings } from './encodings.ts';
import { faults } from './faults.ts';
import { pages } from './pages.ts';
import { redirects } from './redirects.ts';
import type { ScenarioTable } from './scenario.ts';

/** The example of the documents: $2105.234088 left, $21.065912 spent. */
const DOCUMENTED: AccountFigures = { quota: 1_052_617_044, used: 10_532_956, requests: 1221 };

// A key that can only be asked with: nothing can be spent from it.
const queryOnly = { name: 'query only', remain: 0, used: 0 };

/** Accounts behind a query key of CometAPI. */
export const queryAccounts: ScenarioTable = {
  'query-floats': {
    holds: queryOnly,
    account: DOCUMENTED,
    beside: [
      { name: 'tts_test', remain: 4_469_360, used: 1_049_603 },
      { name: 'concurrency_test', remain: 5_000_000, used: 0 },
      { name: 'mj_test', remain: 4_275_000, used: 725_000 },
    ],
  },
  'query-ints': {
    holds: queryOnly,
    account: { quota: 50_000_000, used: 5_000_000, requests: 12 },
    beside: [{ name: 'whole', remain: 5_000_000, used: 1_000_000 }],
  },
  'query-unlimited-999999999': {
    holds: queryOnly,
    account: { ...DOCUMENTED, unlimitedAs: '999999999' },
    beside: [{ name: 'test_key', remain: -500, used: 500, unlimited: true }],
  },
  'query-unlimited-minus-1': {
    holds: queryOnly,
    account: { ...DOCUMENTED, unlimitedAs: '-1' },
    beside: [{ name: 'test_key', remain: -500, used: 500, unlimited: true }],
  },
  'query-duplicate-names': {
    holds: queryOnly,
    beside: [
      { name: 'team', remain: 500_000, used: 0 },
      { name: 'team', remain: 1_000_000, used: 250_000 },
    ],
  },
  'query-empty-name': { holds: queryOnly, beside: [{ name: '' }] },
  'query-empty-keys': { holds: queryOnly, account: { listsKeys: false } },
  'query-negative-balance': { holds: queryOnly, account: { quota: -1_500_000, used: 11_500_000 } },
  'query-empty-wallet': { holds: queryOnly, account: { quota: 0, used: 10_000_000 } },
  'query-total-absent': { holds: queryOnly, without: ['total_quota'] },
  'query-keys-absent': { holds: queryOnly, without: ['keys'] },
  'query-keys-null': { holds: queryOnly, data: { keys: null } },
  'query-strings': {
    holds: queryOnly,
    data: { total_quota: '2105.234088', total_used_quota: '21.065912', request_count: '1221' },
  },
  'query-nulls': {
    holds: queryOnly,
    data: { total_quota: null, total_used_quota: null, request_count: null },
  },
  'query-daily-null': { holds: queryOnly, data: { daily_quota: null } },
  'query-error-200': { reply: json(200, { error: 'account not found' }) },
  'query-false-200': { reply: json(200, { success: false, message: 'quota store is read-only' }) },
  'query-said-200': { reply: json(200, { state: 1, msg: 'service is starting' }) },
  'query-error-401': { reply: json(401, { error: 'invalid api key' }) },
  'query-message-400': { reply: json(400, { message: 'bad request' }) },
  'query-500': { reply: json(500, { error: 'internal error' }) },
  ...pages,
  ...redirects,
  ...faults,
  ...encodings,
};
