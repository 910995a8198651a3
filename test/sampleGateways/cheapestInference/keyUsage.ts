import type { SiteParts } from '../site.ts';
import type { KeyState } from '../state/keyState.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { STANDARD_PLAN } from './plan.ts';

const UNITS_PER_DOLLAR = 500_000;

/** `GET /v1/usage`: budget, limits, plan and credits of the key that asks. */
export function keyUsage(call: Call, { holdings }: SiteParts): Reply {
  const secret = (call.headers.authorization ?? '').replace(/^bearer /i, '').trim();
  if (secret === '') return failure(401, 'Missing API key');
  const key = holdings.keyBySecret(secret);
  if (!key) return failure(401, 'Invalid API key');
  if (key.scenario.reply) return key.scenario.reply;
  if (key.status === 'disabled') return failure(403, 'API key is deactivated');
  const body: Record<string, unknown> = {
    ...members(key, holdings.account(key.account).quota),
    ...key.scenario.data,
  };
  for (const name of key.scenario.without ?? []) delete body[name];
  return plainJson(200, body);
}

/** The form of this service's errors, which no document shows. */
export function failure(status: number, text: string): Reply {
  return plainJson(status, { success: false, error: text });
}

function members(key: KeyState, credits: number): Record<string, unknown> {
  const plan = key.plan ?? STANDARD_PLAN;
  return {
    budget: {
      spent: key.used / UNITS_PER_DOLLAR,
      limit: plan.limit,
      duration: plan.duration,
      resets_at: plan.resetsAt,
    },
    rate_limits: { rpm: plan.rpm, tpm: plan.tpm },
    plan: { slug: plan.slug, status: plan.status, expires_at: plan.expiresAt },
    credits: { balance: credits / UNITS_PER_DOLLAR },
    key: { name: key.name, type: plan.type, created_at: plan.createdAt },
  };
}
