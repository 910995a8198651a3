import * as v from 'valibot';
import { failed, GatewayError } from '../quota/failure.ts';
import type { Reading } from '../quota/reading.ts';
import { amountOf, round6, type Scale } from '../quota/unit.ts';
import { type Json, jsonOf, payloadOf } from './answers.ts';
import type { Visit } from './gateway.ts';
import { displayScale } from './site.ts';
import { keyRefusal } from './tokenUsage.ts';
import { isoTime, wireNumber } from './wire.ts';

/** What New API and One API send as the limit of an unlimited key; equality only, since it may be real above. */
const UNLIMITED = 100_000_000;

const subscriptionSchema = v.object({
  hard_limit_usd: wireNumber,
  access_until: v.optional(v.unknown()),
});
const usageSchema = v.object({ total_usage: wireNumber });

/**
 * A key's quota from the OpenAI-style billing endpoints, for gateways without `/api/usage/token/`. The
 * amounts are in the unit the site shows, whatever their names say, and usage is in hundredths.
 */
export async function readBilling(visit: Visit): Promise<Reading> {
  const prefix = await billingPrefix(visit);
  const subscription = v.safeParse(subscriptionSchema, prefix.subscription);
  const usage = v.safeParse(usageSchema, await ask(visit, `${prefix.path}/usage`));
  if (!subscription.success || !usage.success) throw failed('unexpected', 'missing-figures');
  const scale = billingScale(visit);
  const used = amountOf(usage.output.total_usage / 100, scale);
  const limit = subscription.output.hard_limit_usd;
  const granted = amountOf(limit, scale);
  return {
    takenAt: new Date(visit.now()).toISOString(),
    unit: scale.unit,
    quota:
      limit === UNLIMITED
        ? { unlimited: true, used }
        : { unlimited: false, granted, used, remaining: round6(granted - used) },
    expiresAt: isoTime(subscription.output.access_until),
  };
}

/** Some sites answer with `/v1` in front, some without. */
async function billingPrefix(visit: Visit): Promise<{ readonly path: string; readonly subscription: Json }> {
  try {
    const path = '/v1/dashboard/billing';
    return { path, subscription: await ask(visit, `${path}/subscription`) };
  } catch (error) {
    if (!(error instanceof GatewayError) || error.failure.class !== 'not-supported') throw error;
    const path = '/dashboard/billing';
    return { path, subscription: await ask(visit, `${path}/subscription`) };
  }
}

async function ask(visit: Visit, path: string): Promise<Json> {
  const answer = await visit.ask({ path, secretIn: 'bearer', limiter: 'general', short: true });
  return payloadOf(jsonOf(answer, keyRefusal), answer.status, keyRefusal);
}

/** The gateway's own code forgets its custom currency here and answers in dollars. */
function billingScale({ site, override }: Visit): Scale {
  const shown = site?.display === 'CUSTOM' ? ({ ...site, display: 'USD' } as const) : site;
  return displayScale(shown, override);
}
