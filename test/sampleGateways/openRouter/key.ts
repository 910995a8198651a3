import { createHash } from 'node:crypto';
import type { SiteParts } from '../site.ts';
import type { KeyState } from '../state/keyState.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { refusal } from './refusal.ts';

const UNITS_PER_DOLLAR = 500_000;

/** `GET /api/v1/key`: what a key may spend and has spent. */
export function keyAbout(call: Call, { holdings }: SiteParts): Reply {
  const secret = bearerOf(call);
  if (secret === '') return refusal(401, 'Missing Authentication header');
  if (holdings.accountByManagementKey(secret)) {
    const isManagement = { is_management_key: true, is_provisioning_key: true };
    return plainJson(200, { data: { ...aboutNothing(), ...isManagement } });
  }
  const key = holdings.keyBySecret(secret);
  if (!key) return refusal(401, 'User not found.');
  if (key.scenario.reply) return key.scenario.reply;
  const data: Record<string, unknown> = {
    ...aboutNothing(),
    label: `sk-or-v1-${secret.slice(9, 12)}...${secret.slice(-3)}`,
    ...figuresOf(key),
    ...key.scenario.data,
  };
  for (const name of key.scenario.without ?? []) delete data[name];
  return plainJson(200, { data });
}

/** The figures of a key, of which the list of an account has the same. */
export function figuresOf(key: KeyState): Record<string, unknown> {
  const used = dollars(key.used);
  return {
    limit: key.unlimited ? null : dollars(key.remain + (key.spentOfCap ?? key.used)),
    limit_remaining: key.unlimited ? null : dollars(key.remain),
    limit_reset: key.limitReset ?? null,
    include_byok_in_limit: false,
    usage: used,
    usage_daily: used,
    usage_weekly: used,
    usage_monthly: used,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    expires_at: key.expiresAt > 0 ? new Date(key.expiresAt * 1000).toISOString() : null,
  };
}

/** The hash by which the management calls know a key. */
export function hashOf(key: Pick<KeyState, 'handle'>): string {
  return createHash('sha256').update(`hash of ${key.handle}`).digest('hex');
}

export function dollars(units: number): number {
  return units / UNITS_PER_DOLLAR;
}

export function bearerOf(call: Call): string {
  return (call.headers.authorization ?? '').replace(/^bearer /i, '').trim();
}

function aboutNothing(): Record<string, unknown> {
  return {
    label: 'sk-or-v1-au7...890',
    limit: null,
    limit_remaining: null,
    limit_reset: null,
    usage: 0,
    is_free_tier: false,
    is_management_key: false,
    is_provisioning_key: false,
    creator_user_id: 'user_2dHFtVWx2n56w6HkM0000000000',
    expires_at: null,
    rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
  };
}
