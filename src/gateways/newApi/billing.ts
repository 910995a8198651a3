import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Counted, CountedReading, Reading } from '../../core/quota/reading.ts';
import { amountOf, round6, type Scale } from '../../core/quota/unit.ts';
import { type Json, parseJsonBody, unwrapPayload } from '../envelope.ts';
import { normalizeTime, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { conversionName, displayScale } from '../site.ts';
import { mayBeMissingPath } from '../siteNotes.ts';
import { isAccountBilled } from './billedAccount.ts';
import { mapKeyLookupError } from './tokenUsage.ts';

/** What New API and One API send as the limit of an unlimited key; equality only, since it may be real above. */
const UNLIMITED_LIMIT = 100_000_000;

const subscriptionSchema = v.object({
  hard_limit_usd: wireNumber,
  access_until: v.optional(v.unknown()),
});
const usageSchema = v.object({ total_usage: wireNumber });

/** What the two endpoints tell together. */
interface BilledFigures {
  readonly limit: number;
  readonly used: number;
  /** ISO 8601; null: never. */
  readonly expiresAt?: string | null;
}

/**
 * A key's quota from the OpenAI-style billing endpoints, for gateways without `/api/usage/token/`. The
 * amounts are in the unit the site shows, whatever their names say, and usage is in hundredths.
 */
export async function readBilling(context: GatewayContext): Promise<CountedReading> {
  const billed = await requestBilling(context);
  const scale = billingScale(context);
  const { limit, used } = billed;
  const counted: Counted = {
    perUnit: scale.perUnit,
    source: `billing ${conversionName(context.site)}`,
    of: 'quota',
    used,
    remaining: limit - used,
    isConverted: true,
  };
  const common = { takenAt: new Date(context.now()).toISOString(), unit: scale.unit, counted };
  if (isAccountBilled(context, billed))
    return { ...common, source: 'account', account: accountOf(context, billed, scale) };
  return { ...common, source: 'billing', ...quotaOf(context, billed, scale), expiresAt: billed.expiresAt };
}

async function requestBilling(context: GatewayContext): Promise<BilledFigures> {
  const prefix = await billingPrefix(context);
  const subscription = v.safeParse(subscriptionSchema, prefix.subscription);
  const usage = v.safeParse(usageSchema, await requestPath(context, `${prefix.path}/usage`));
  if (!subscription.success || !usage.success) throw failed('unexpected', 'missing-figures');
  return {
    limit: subscription.output.hard_limit_usd,
    used: usage.output.total_usage / 100,
    expiresAt: normalizeTime(subscription.output.access_until),
  };
}

/** The use of an unlimited key is counted by New API, and not by One API, which then always says 0. */
function quotaOf(
  { site }: GatewayContext,
  { limit, used, expiresAt }: BilledFigures,
  scale: Scale,
): Pick<Reading, 'quota' | 'isAccountPossible'> {
  if (limit === UNLIMITED_LIMIT) {
    const isCounted = used > 0 || site?.lineage === 'newApi' || site?.lineage === 'oldNewApi';
    return { quota: { unlimited: true, used: isCounted ? amountOf(used, scale) : undefined } };
  }
  const granted = amountOf(limit, scale);
  const spent = amountOf(used, scale);
  // One-hub tells the account's figures for an unlimited key; a key of its own end is told with its own.
  const isAccountPossible = site?.lineage === 'oneHub' && expiresAt === null ? true : undefined;
  return {
    quota: { unlimited: false, granted, used: spent, remaining: round6(granted - spent) },
    isAccountPossible,
  };
}

/**
 * Where the account is billed, One API's limit is what is left, and so is one below nothing; the others add what was
 * used.
 */
function accountOf(
  { site }: GatewayContext,
  { limit, used }: BilledFigures,
  scale: Scale,
): Reading['account'] {
  const balance = site?.lineage === 'oneApi' || limit < 0 ? limit : limit - used;
  return { balance: amountOf(balance, scale), used: amountOf(used, scale) };
}

/** Some sites answer with `/v1` in front, some without. */
async function billingPrefix(
  context: GatewayContext,
): Promise<{ readonly path: string; readonly subscription: Json }> {
  try {
    const path = '/v1/dashboard/billing';
    return { path, subscription: await requestPath(context, `${path}/subscription`) };
  } catch (error) {
    if (!(error instanceof GatewayError) || !mayBeMissingPath(error.failure)) throw error;
    const path = '/dashboard/billing';
    return { path, subscription: await requestPath(context, `${path}/subscription`) };
  }
}

async function requestPath(context: GatewayContext, path: string): Promise<Json> {
  const answer = await context.sendRequest({ path, secretIn: 'bearer', limiter: 'general', short: true });
  return unwrapPayload(parseJsonBody(answer, mapKeyLookupError), answer.status, mapKeyLookupError);
}

/** The gateway's own code forgets its custom currency here and answers in dollars. */
function billingScale({ site, unitOverride }: GatewayContext): Scale {
  const shown = site?.display === 'CUSTOM' ? ({ ...site, display: 'USD' } as const) : site;
  return displayScale(shown, unitOverride);
}
