import { seconds } from '../clock.ts';
import type { Delivery, Reply } from '../wire/reply.ts';
import { type NewApiCall, refuse, refuseLiteral } from './newApiCall.ts';

const LOG_PATH = /^\/api\/(?:log|data)\//;
const AT_ONCE: Delivery = { how: 'reset' };

/** What happens at a gateway while somebody reads its log or its sums. */
export interface AccountActivity {
  /** A key that is in use: so many rows of so many units before each call. */
  writes: { key: string; quota: number; rows: number } | undefined;
  /** The calls at which it is being restarted, counted from 1: connections are refused, and nothing is forgotten. */
  restartsAt: readonly number[];
  /** The calls at which its database is not there, counted from 1, and which part of it. */
  databaseLostAt: readonly number[];
  lostPart: 'logs' | 'users';
  /** Calls so far. */
  calls: number;
}

/** A gateway at which nothing happens meanwhile. */
export function noActivity(): AccountActivity {
  return { writes: undefined, restartsAt: [], databaseLostAt: [], lostPart: 'logs', calls: 0 };
}

/** Makes happen what is due at this call; returns a reply where the call gets another one by it. */
export function replyDuringActivity(call: NewApiCall): Reply | undefined {
  const { activity } = call.settings;
  if (!LOG_PATH.test(call.path)) return undefined;
  activity.calls += 1;
  const { writes } = activity;
  for (let row = 0; writes && row < writes.rows; row++) {
    call.holdings.spend(writes.key, { quota: writes.quota, model: 'gpt-4.1', at: seconds(call.clock) });
  }
  if (activity.restartsAt.includes(activity.calls)) {
    return { status: 200, body: '', delivery: AT_ONCE };
  }
  return activity.databaseLostAt.includes(activity.calls) ? databaseLost(call) : undefined;
}

// As New API answered with these tables gone or locked, by version.
function databaseLost(call: NewApiCall): Reply {
  const isStrict = call.version.accountAuth === 'strict';
  if (call.settings.activity.lostPart === 'users') {
    return isStrict
      ? {
          ...refuseLiteral(500, 'Database error, please contact the administrator'),
          body: '{"code":"AUTH_INTERNAL_ERROR","message":"Database error, please contact the administrator","success":false}',
        }
      : refuse(call, 200, 'badAccessToken');
  }
  return refuseLiteral(200, isStrict ? '查询日志失败' : 'SQL logic error: no such table: logs (1)');
}
