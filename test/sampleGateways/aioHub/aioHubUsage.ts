import { endedState, readOnlyCheck } from '../newApi/keyAuth.ts';
import { type NewApiCall, refuse, refuseLiteral } from '../newApi/newApiCall.ts';
import { advance } from '../newApi/usageToken.ts';
import { toDisplay } from '../siteStatus.ts';
import type { KeyState } from '../state/keyState.ts';
import { LOG_TYPES } from '../state/logRow.ts';
import { json, type Reply } from '../wire/reply.ts';
import { secondsRange } from './rangeQuery.ts';

/** AIOHub's `GET /api/usage/token/`: amounts in the unit the site shows, and exact sums for a range. */
export function aioHubUsage(call: NewApiCall): Reply {
  const { key, refusal } = readOnlyCheck(call);
  if (refusal) return refusal;
  const ended = endedState(key, call);
  if (ended === 'disabled' || ended === 'expired') return refuse(call, 401, ended);
  const range = secondsRange(call.query);
  if (range?.error !== undefined) return refuseLiteral(call.settings.aioHub.badRangeStatus, range.error);
  advance(key);
  const { envelope = { success: true, message: 'ok' }, data: changed, without = [] } = key.scenario;
  const data: Record<string, unknown> = {
    ...((!range || call.settings.aioHub.totalsWithRange) && totals(key, call)),
    ...(range && { range_used: rangeUsed(key, range, call) }),
    ...changed,
  };
  for (const name of without) delete data[name];
  return json(200, { ...envelope, data });
}

function totals(key: KeyState, call: NewApiCall): Record<string, unknown> {
  return {
    total_granted: toDisplay(key.remain + key.used, call.status),
    total_used: toDisplay(key.used, call.status),
    total_available: toDisplay(key.remain, call.status),
    unlimited_quota: key.unlimited,
    expires_at: key.expiresAt === -1 ? 0 : key.expiresAt,
  };
}

function rangeUsed(key: KeyState, range: { from: number; to: number }, call: NewApiCall): number {
  let units = 0;
  for (const row of call.holdings.log.select({ key: key.handle, type: LOG_TYPES.consume, ...range }))
    units += row.quota;
  return Math.round(toDisplay(units, call.status) * 1e6) / 1e6;
}
