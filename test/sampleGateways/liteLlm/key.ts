import { createHash } from 'node:crypto';
import type { SiteParts } from '../site.ts';
import type { KeyState } from '../state/keyState.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { detail, refusal } from './refusal.ts';

const UNITS_PER_DOLLAR = 500_000;

/** The key that asks, or how it is refused. The old version repeats what it was sent. */
export function keyOf(call: Call, { holdings, settings, clock }: SiteParts): KeyState | Reply {
  const isOld = settings.liteLlm.version === '1.74.9';
  const secret = (call.headers.authorization ?? '').replace(/^bearer /i, '').trim();
  if (secret === '') return refusal(401, 'auth_error', 'Authentication Error, No api key passed in.');
  if (!secret.startsWith('sk-')) {
    const received = isOld ? secret : `${secret.slice(0, 4)}****`;
    return refusal(
      401,
      'auth_error',
      `Authentication Error, LiteLLM Virtual Key expected. Received=${received}, expected to start with 'sk-'.`,
    );
  }
  const key = holdings.keyBySecret(secret);
  if (!key)
    return refusal(
      401,
      'token_not_found_in_db',
      `Authentication Error, Invalid proxy server token passed. Received API Key = ${isOld ? secret : `sk-...${secret.slice(-4)}`}, Key Hash (Token) =${hashOf(secret)}. Unable to find token in cache or \`LiteLLM_VerificationTokenTable\``,
      'key',
    );
  if (key.scenario.reply) return key.scenario.reply;
  if (key.status === 'disabled')
    return refusal(
      401,
      'auth_error',
      "Authentication Error, Key is blocked. Update via `/key/unblock` if you're an admin.",
    );
  if (key.expiresAt > 0 && key.expiresAt * 1000 <= clock())
    return refusal(
      isOld ? 400 : 401,
      'expired_key',
      `Authentication Error - Expired Key. Key Expiry time ${isoOf(key.expiresAt)} and current time ${isoOf(clock() / 1000)}`,
      isOld ? secret : `sk-...${secret.slice(-4)}`,
    );
  return key;
}

/** `GET /key/info`: the key itself. It is told over budget, too. */
export function keyInfo(call: Call, parts: SiteParts): Reply {
  const key = keyOf(call, parts);
  if (isReply(key)) return key;
  const isOld = parts.settings.liteLlm.version === '1.74.9';
  const info: Record<string, unknown> = {
    key_name: `sk-...${key.secret.slice(-4)}`,
    key_alias: key.name,
    spend: dollars(key.used),
    ...(!isOld && { total_spend: dollars(key.used) }),
    expires: key.expiresAt > 0 ? isoOf(key.expiresAt) : null,
    models: key.modelLimitsEnabled ? key.modelLimits.split(',') : [],
    user_id: key.account,
    team_id: null,
    max_parallel_requests: null,
    metadata: {},
    blocked: null,
    tpm_limit: null,
    rpm_limit: null,
    max_budget: key.unlimited ? null : dollars(key.remain + key.used),
    budget_duration: null,
    budget_reset_at: null,
    allowed_routes: [],
    model_spend: {},
    model_max_budget: {},
    budget_id: null,
    litellm_budget_table: null,
    ...(!isOld && { budget_limits: null, status: 'active' }),
    ...key.scenario.data,
  };
  for (const name of key.scenario.without ?? []) delete info[name];
  return plainJson(200, { key: hashOf(key.secret), info, ...key.scenario.envelope });
}

/** A key for calls of models alone: it is told nothing of itself. */
export function notAllowed(path: string, isOld: boolean): Reply {
  const words = `Virtual key is not allowed to call this route. Only allowed to call routes: ['llm_api_routes']. Tried to call route: ${path}`;
  return isOld ? refusal(401, 'auth_error', `Authentication Error, ${words}`) : detail(403, words);
}

/** The hash by which the proxy's database knows a key. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function dollars(units: number): number {
  return units / UNITS_PER_DOLLAR;
}

export function isReply(found: KeyState | Reply): found is Reply {
  return !('handle' in found);
}

/** As Python writes a time. */
function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('Z', '000+00:00');
}
