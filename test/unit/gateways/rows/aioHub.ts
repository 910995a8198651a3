import { accountLogs, keyUsage, sumsOf } from '../asking.ts';
import { ALICE, aliceQuota, type Row, TEAM_KEYS, TEAM_LOG, TEAM_SUMMARY } from './row.ts';

/** The rows of AIOHub. */
export const aioHubRows: readonly Row[] = [
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/usage/token/',
    credential: 'API key',
    asks: aliceQuota,
    tells: ALICE,
  },
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/usage/token/?start_timestamp&end_timestamp',
    credential: 'API key',
    asks: async setup => sumsOf(await keyUsage(setup, 'alice')),
    tells: { total: { used: 0.15 } },
  },
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/token/',
    credential: 'access token',
    asks: async setup => (await setup.read(setup.account('team'))).accountKeys,
    tells: TEAM_KEYS,
  },
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/log/self',
    credential: 'access token',
    asks: async setup =>
      (await accountLogs(setup)).rows.map(({ keyName, model, amount }) => [keyName, model, amount]),
    tells: TEAM_LOG,
  },
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/log/self/stat',
    credential: 'access token',
    asks: async setup => (await accountLogs(setup)).summary,
    tells: TEAM_SUMMARY,
  },
];
