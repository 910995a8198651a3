import type { KeyState } from '../state/keyState.ts';
import { json, type Reply } from '../wire/reply.ts';
import { fullCheck, handlerCheck, readOnlyCheck } from './keyAuth.ts';
import type { NewApiCall } from './newApiCall.ts';

const CACHE_MS = 60_000;

/** `GET /api/usage/token/`: the quota of the key that asks. */
export function usageToken(call: NewApiCall): Reply {
  const checked = call.version.usageToken === 'fullCheck' ? fullCheck(call) : readOnlyCheck(call);
  return checked.refusal ?? handlerCheck(call) ?? usageReply(checked.key, call.clock());
}

/** The figures of a key as one reading, with whatever its scenario changes about them. */
function usageReply(key: KeyState, now: number): Reply {
  advance(key);
  const { envelope = { code: true, message: 'ok' }, data: changed, without = [] } = key.scenario;
  const data: Record<string, unknown> = { ...usageData(key, now), ...changed };
  for (const name of without) delete data[name];
  return json(200, { ...envelope, data });
}

/** Moves a key on to what its scenario says about the reading that comes now. */
export function advance(key: KeyState): void {
  const changes = key.scenario.next?.[key.reads - 1];
  if (changes) Object.assign(key, changes);
  key.reads += 1;
}

function usageData(key: KeyState, now: number): Record<string, unknown> {
  const used = shownUsed(key, now);
  return {
    object: 'token_usage',
    name: key.name,
    total_granted: key.remain + used,
    total_used: used,
    total_available: key.remain,
    unlimited_quota: key.unlimited,
    model_limits: limitsObject(key.modelLimits),
    model_limits_enabled: key.modelLimitsEnabled,
    expires_at: key.expiresAt === -1 ? 0 : key.expiresAt,
  };
}

// The Redis cache follows what is left but not what is used, so their sum dips until the cache is given up.
function shownUsed(key: KeyState, now: number): number {
  if (!key.redis) return key.used;
  if (!key.cachedUsed || now >= key.cachedUsed.until) {
    key.cachedUsed = { value: key.used, until: now + CACHE_MS };
  }
  return key.cachedUsed.value;
}

function limitsObject(text: string): Record<string, true> {
  // Made from entries: `__proto__` may be the name of a model.
  return text === '' ? {} : Object.fromEntries(text.split(',').map(name => [name, true] as const));
}
