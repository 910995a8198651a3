import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import { isoTime } from '../../core/time.ts';
import type { SendRequest } from '../../http/boundClient.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { missingFiguresError, parseJsonBody, unwrapList, unwrapPayload } from '../envelope.ts';
import {
  lenient,
  NO_LIMIT_FROM,
  normalizeTime,
  sanitizeText,
  wireCount,
  wireFlag,
  wireNumber,
  wireUsed,
} from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperWithFallback } from '../knownRefusals.ts';
import { parseAccountKeys } from '../parseAccountKeys.ts';
import type { PlanOffer } from '../plans.ts';
import { CHEAPEST_REFUSALS, OTHER_KEY_REFUSALS } from './refusals.ts';

/** Ids that may be put into a path. */
const KEY_ID = /^[\w-]{1,100}$/;

const text = lenient(v.string());
const number = lenient(wireNumber);
const count = lenient(wireCount);
const time = v.optional(v.unknown());

const usageSchema = v.object({
  budget: lenient(
    v.object({
      spent: wireUsed,
      limit: v.nullable(wireNumber),
      duration: text,
      resets_at: time,
    }),
  ),
  rate_limits: lenient(v.object({ rpm: count, tpm: count })),
  plan: lenient(v.object({ slug: text, status: text, expires_at: time })),
  credits: lenient(v.object({ balance: number })),
  key: lenient(v.object({ name: text })),
});

const periodSchema = lenient(v.object({ requests: count, tokens: count }));
const accountKeySchema = v.object({
  id: text,
  name: text,
  isActive: lenient(wireFlag),
  usage: lenient(
    v.object({ last1h: periodSchema, last24h: periodSchema, last7d: periodSchema, last30d: periodSchema }),
  ),
  subscription: lenient(v.object({ expiresAt: time })),
});

const planSchema = v.object({
  slug: v.string(),
  name: text,
  priceUsdc: number,
  rateLimits: lenient(v.object({ rpm_limit: count, tpm_limit: count })),
});

/** See `Gateway.readQuota`. */
export function readQuota(context: GatewayContext): Promise<Reading> {
  return context.credential === 'managementKey' ? readAccountKeys(context) : readKeyUsage(context);
}

/** See `Gateway.readPlans`: `GET /api/plans`. */
export async function readPlans(ask: SendRequest): Promise<readonly PlanOffer[]> {
  const answer = await ask({ path: '/api/plans', secretIn: 'none', limiter: 'usage' });
  const rows = unwrapList(answer);
  const plans = rows.flatMap(planOf);
  // None of the rows could be read, which does not mean that there are no plans.
  if (plans.length === 0 && rows.length > 0) throw failed('unexpected', 'missing-figures');
  return plans;
}

/**
 * `GET /v1/usage`, without an envelope: `budget.spent`, `budget.limit` (null: none), `budget.resets_at`,
 * `rate_limits`, `plan`, `credits.balance`. Dollars; times are ISO 8601.
 */
async function readKeyUsage(context: GatewayContext): Promise<Reading> {
  const answer = await context.sendRequest({
    path: '/v1/usage',
    secretIn: 'bearer',
    limiter: 'usage',
    short: true,
  });
  const payload = unwrapPayload(parseJsonBody(answer, mapError), answer.status, mapError);
  const { budget, rate_limits, plan, credits, key } = v.parse(usageSchema, payload);
  const hasPlan = plan?.slug !== undefined || plan?.expires_at != null;
  const balance = credits?.balance;
  // Keys without a budget have a plan or credits; with none of the three there are no figures.
  if (!budget && !hasPlan && balance === undefined) throw missingFiguresError(payload, answer.status);
  const unreadable = [
    ...(budget === undefined && hasContent(payload.budget) ? (['budget'] as const) : []),
    ...(!hasPlan && hasContent(payload.plan) ? (['plan'] as const) : []),
    ...(balance === undefined && hasContent(payload.credits) ? (['balance'] as const) : []),
  ];
  return {
    takenAt: isoTime(context.now()),
    unit: { code: 'USD', source: 'gateway' },
    name: key?.name && sanitizeText(key.name, 100),
    budget: budget
      ? {
          spent: budget.spent,
          // A limit below zero means none, as null does, and so does 999999999.
          limit:
            budget.limit !== null && (budget.limit < 0 || budget.limit >= NO_LIMIT_FROM)
              ? null
              : budget.limit,
          resetsAt: normalizeTime(budget.resets_at) ?? undefined,
          every: budget.duration && sanitizeText(budget.duration, 20),
        }
      : undefined,
    plan: hasPlan
      ? {
          name: plan?.slug && sanitizeText(plan.slug, 60),
          status: plan?.status && sanitizeText(plan.status, 30),
          expiresAt: normalizeTime(plan?.expires_at) ?? undefined,
        }
      : undefined,
    account: balance === undefined ? undefined : { balance },
    rateLimits: rate_limits,
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** Whether a member has any content: an object of nulls has none. */
function hasContent(wire: unknown): boolean {
  if (typeof wire !== 'object' || wire === null) return wire !== undefined && wire !== null;
  return Object.values(wire).some(member => member !== null);
}

/** `GET /api/usage`: requests and tokens of all keys in four periods. 12 calls in 12 hours are allowed. */
async function readAccountKeys(context: GatewayContext): Promise<Reading> {
  const answer = await context.sendRequest({ path: '/api/usage', secretIn: 'bearer', limiter: 'account' });
  const list = parseAccountKeys(unwrapList(answer, mapError), accountKeyOf);
  // The answer has only keys, so with none of them readable there is no reading.
  if (list.accountKeys === undefined) throw failed('unexpected', 'missing-figures');
  return {
    takenAt: isoTime(context.now()),
    unit: { code: 'USD', source: 'gateway' },
    ...list,
  };
}

/**
 * `GET /api/usage/:keyId`: one key. Its limit is not documented, so it counts against the list's.
 * @throws GatewayError `refused-request` for an id that cannot be in a path, `missing-figures` for another
 * key.
 */
export async function readAccountKey(context: GatewayContext, id: string): Promise<AccountKey> {
  if (!KEY_ID.test(id)) throw failed('unexpected', 'refused-request', { status: 404 });
  const answer = await context.sendRequest({
    path: `/api/usage/${id}`,
    secretIn: 'bearer',
    limiter: 'account',
  });
  const [key] = accountKeyOf(
    unwrapPayload(parseJsonBody(answer, mapOneKeyError), answer.status, mapOneKeyError),
  );
  if (key?.id !== id) throw failed('unexpected', 'missing-figures');
  return key;
}

function accountKeyOf(wire: unknown): AccountKey[] {
  const parsed = v.safeParse(accountKeySchema, wire);
  if (!parsed.success) return [];
  const { id, name, isActive, usage, subscription } = parsed.output;
  const periods = Object.entries(usage ?? {}).flatMap(([period, sums]) =>
    sums ? [{ period: period.replace(/^last/, ''), requests: sums.requests, tokens: sums.tokens }] : [],
  );
  return [
    {
      id: id !== undefined && KEY_ID.test(id) ? id : undefined,
      name: sanitizeText(name ?? '', 100),
      enabled: isActive,
      periods,
      expiresAt: subscription ? (normalizeTime(subscription.expiresAt) ?? undefined) : undefined,
    },
  ];
}

function planOf(wire: unknown): PlanOffer[] {
  const parsed = v.safeParse(planSchema, wire);
  if (!parsed.success) return [];
  const { slug, name, priceUsdc, rateLimits } = parsed.output;
  return [
    {
      slug: sanitizeText(slug, 60),
      name: sanitizeText(name ?? slug, 60),
      price: priceUsdc,
      rpm: rateLimits?.rpm_limit,
      tpm: rateLimits?.tpm_limit,
    },
  ];
}

/** Whether an answer is CheapestInference's list of plans (`slug` and `priceUsdc`). */
export function isPlanList(answer: GatewayResponse): boolean {
  try {
    return unwrapList(answer).some(plan => v.is(planSchema, plan) && plan.priceUsdc !== undefined);
  } catch {
    return false;
  }
}

const mapError = errorMapperWithFallback(CHEAPEST_REFUSALS);
const mapOneKeyError = errorMapperWithFallback(OTHER_KEY_REFUSALS);
