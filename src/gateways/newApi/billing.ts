import * as v from 'valibot';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Counted, CountedReading, Reading } from '../../core/quota/reading.ts';
import { amountOf, round6, type Scale } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import { conversionName } from '../conversionName.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import { wireNumber, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { mayBeMissingPath } from '../noteMissingPath.ts';
import { displayScale } from '../siteScale.ts';
import type { Json } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';
import { isAccountBilled } from './billedAccount.ts';
import { UNLIMITED_LIMIT } from './billedFigures.ts';
import { mapKeyLookupError } from './tokenUsage.ts';

/**
 * `hard_limit_usd` of a fork that knows no limit. One API's is an account's balance, which may be overdrawn
 * by just as much.
 */
const UNKNOWN_LIMIT = -1;

/** What both billing paths begin with. */
export const BILLING_PATH = '/v1/dashboard/billing';

const subscriptionSchema = v.object({
  hard_limit_usd: wireNumber,
  access_until: v.optional(v.unknown()),
});
const usageSchema = v.object({ total_usage: wireSpent });

/** The figures of both endpoints, in the display unit. */
interface BilledFigures {
  readonly limit: number;
  readonly used: number;
  /** ISO 8601; null: never. */
  readonly expiresAt?: string | null;
}

/**
 * A key's quota by the OpenAI-style billing endpoints, for gateways without `/api/usage/token/` (One API, New
 * API < 0.9.0). `GET …/subscription`: `hard_limit_usd`, `access_until` (epoch seconds, 0 never); `GET
 * …/usage`: `total_usage`, in hundredths. The unit is the site's display unit, whatever the names say.
 * @throws GatewayError
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
  const common = { takenAt: isoTime(context.now()), unit: scale.unit, counted };
  if (isAccountBilled(context, billed))
    return { ...common, source: 'account', account: accountOf(context, billed, scale) };
  return { ...common, source: 'billing', ...quotaOf(context, billed, scale), expiresAt: billed.expiresAt };
}

async function requestBilling(context: GatewayContext): Promise<BilledFigures> {
  const prefix = await billingPrefix(context);
  const used = await requestBilledUse(context, prefix.path);
  return { ...parseSubscription(context, prefix.subscription), used };
}

/** What one answer of billing tells of the limit, in the display unit. */
export type BilledLimit = Omit<BilledFigures, 'used'>;

/**
 * Asks billing for a key's limit and its end.
 * @throws GatewayError
 */
export async function requestBilledLimit(context: GatewayContext): Promise<BilledLimit> {
  return parseSubscription(context, await requestPath(context, `${BILLING_PATH}/subscription`));
}

/** Parses the answer of `…/subscription`. @throws GatewayError where it has no figures. */
export function parseSubscription({ site }: GatewayContext, payload: Json): BilledLimit {
  const parsed = v.safeParse(subscriptionSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const limit = parsed.output.hard_limit_usd;
  if (limit === UNKNOWN_LIMIT && site?.lineage !== 'oneApi') throw failed('unexpected', 'missing-figures');
  return { limit, expiresAt: normalizeTime(parsed.output.access_until) };
}

/**
 * Asks billing for what was used, in the display unit.
 * @throws GatewayError
 */
export async function requestBilledUse(
  context: GatewayContext,
  path: string = BILLING_PATH,
): Promise<number> {
  const parsed = v.safeParse(usageSchema, await requestPath(context, `${path}/usage`));
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  return parsed.output.total_usage / 100;
}

/** One API does not count the use of unlimited keys and always reports 0; New API does. */
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
  // One-hub reports the account's figures for unlimited keys; only a key with an expiry is certain.
  const isAccountPossible = site?.lineage === 'oneHub' && expiresAt === null ? true : undefined;
  return {
    quota: { unlimited: false, granted, used: spent, remaining: round6(granted - spent) },
    isAccountPossible,
  };
}

/** One API's limit is the account's balance, and so is a negative one; others report balance + used. */
function accountOf(
  { site }: GatewayContext,
  { limit, used }: BilledFigures,
  scale: Scale,
): Reading['account'] {
  const balance = site?.lineage === 'oneApi' || limit < 0 ? limit : limit - used;
  return { balance: amountOf(balance, scale), used: amountOf(used, scale) };
}

/** Some sites have the path with `/v1` only, some without. */
async function billingPrefix(
  context: GatewayContext,
): Promise<{ readonly path: string; readonly subscription: Json }> {
  try {
    const subscription = await requestPath(context, `${BILLING_PATH}/subscription`);
    return { path: BILLING_PATH, subscription };
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

/** New API reports dollars here where the display unit is a custom currency. */
function billingScale({ site, unitOverride }: GatewayContext): Scale {
  const shown = site?.display === 'CUSTOM' ? ({ ...site, display: 'USD' } as const) : site;
  return displayScale(shown, unitOverride);
}
