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
    asks: async desk => sumsOf(await keyUsage(desk, 'alice')),
    tells: { total: { used: 0.15 } },
  },
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/token/',
    credential: 'access token',
    asks: async desk => (await desk.read(desk.account('team'))).accountKeys,
    tells: TEAM_KEYS,
  },
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/log/self',
    credential: 'access token',
    asks: async desk =>
      (await accountLogs(desk)).rows.map(({ keyName, model, amount }) => [keyName, model, amount]),
    tells: TEAM_LOG,
  },
  {
    opens: { kind: 'aioHub' },
    endpoint: 'GET /api/log/self/stat',
    credential: 'access token',
    asks: async desk => (await accountLogs(desk)).summary,
    tells: TEAM_SUMMARY,
  },
];
