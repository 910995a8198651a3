import { createHash } from 'node:crypto';
import { seconds } from '../clock.ts';
import type { SiteParts } from '../site.ts';
import type { AccountState } from '../state/accountState.ts';
import type { KeyState } from '../state/keyState.ts';
import { LOG_TYPES } from '../state/logRow.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { failure } from './keyUsage.ts';
import { STANDARD_PLAN } from './plan.ts';

const HOUR = 3600;
const PERIODS = { last1h: HOUR, last24h: 24 * HOUR, last7d: 168 * HOUR, last30d: 720 * HOUR };

/** `GET /api/usage`: every key of the account; the scarcest call there is. */
export function accountUsage(call: Call, parts: SiteParts): Reply {
  const account = accountOf(call, parts);
  if (!account) return failure(401, 'Unauthorized');
  // Counted by account, not by address: two machines of one owner share the twelve.
  const verdict = parts.limiters.account?.take(account.name);
  if (verdict && !verdict.allowed) return failure(429, 'Rate limit exceeded: 12 requests per 12 hours');
  const keys = account.listsKeys ? parts.holdings.keysOf(account.name) : [];
  const data = keys.map(key => describe(key, parts));
  return plainJson(200, parts.settings.cheapest.usageEnvelope === 'bare' ? data : { success: true, data });
}

/** `GET /api/usage/:keyId`: one of them. */
export function accountKeyUsage(call: Call, parts: SiteParts): Reply {
  const account = accountOf(call, parts);
  if (!account) return failure(401, 'Unauthorized');
  const id = call.path.split('/').at(-1);
  const key = parts.holdings.keysOf(account.name).find(candidate => keyId(candidate) === id);
  if (!key) return failure(404, 'Key not found');
  const data = describe(key, parts);
  return plainJson(200, parts.settings.cheapest.usageEnvelope === 'bare' ? data : { success: true, data });
}

/** The id by which the management calls know a key. */
export function keyId(key: KeyState): string {
  const hex = createHash('sha256').update(`id of ${key.handle}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function accountOf(call: Call, { holdings }: SiteParts): AccountState | undefined {
  return holdings.accountByManagementKey((call.headers.authorization ?? '').replace(/^bearer /i, '').trim());
}

function describe(key: KeyState, parts: SiteParts): Record<string, unknown> {
  const plan = key.plan ?? STANDARD_PLAN;
  const usage = Object.fromEntries(
    Object.entries(PERIODS).map(([name, length]) => [name, usedWithin(key, length, parts)]),
  );
  return {
    id: keyId(key),
    name: key.name,
    type: plan.type,
    plan: plan.slug ?? 'credits',
    isActive: key.status !== 'disabled',
    usage,
    ...(plan.type === 'subscription' && { subscription: { status: plan.status, expiresAt: plan.expiresAt } }),
    createdAt: plan.createdAt,
  };
}

function usedWithin(key: KeyState, length: number, { holdings, clock }: SiteParts): Record<string, number> {
  const from = seconds(clock) - length;
  const sum = { requests: 0, tokens: 0, promptTokens: 0, completionTokens: 0 };
  for (const row of holdings.log.select({ key: key.handle, type: LOG_TYPES.consume, from })) {
    sum.requests += 1;
    sum.promptTokens += row.promptTokens;
    sum.completionTokens += row.completionTokens;
  }
  return { ...sum, tokens: sum.promptTokens + sum.completionTokens };
}
