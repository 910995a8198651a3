import * as v from 'valibot';
import type { Reading } from '../../core/quota/reading.ts';
import { isoTime } from '../../core/time.ts';
import { missingFiguresError, parseJsonBody, unwrapPayload } from '../envelope.ts';
import { lenient, NO_LIMIT_FROM, wireNumber, wireRate, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperWithFallback } from '../knownRefusals.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';
import { CHEAPEST_REFUSALS } from './refusals.ts';

const number = lenient(wireNumber);
const rate = lenient(wireRate);
const text = (maxLength: number) =>
  lenient(
    v.pipe(
      v.string(),
      v.transform(told => sanitizeText(told, maxLength)),
      v.nonEmpty(),
    ),
  );
const time = v.optional(v.unknown());
const mapError = errorMapperWithFallback(CHEAPEST_REFUSALS);

const usageSchema = v.object({
  budget: lenient(
    v.object({
      spent: wireUsed,
      limit: v.nullable(wireNumber),
      duration: text(20),
      resets_at: time,
    }),
  ),
  rate_limits: lenient(v.object({ rpm: rate, tpm: rate })),
  plan: lenient(v.object({ slug: text(60), status: text(30), expires_at: time })),
  credits: lenient(v.object({ balance: number })),
  key: lenient(v.object({ name: text(100) })),
});

/**
 * `GET /v1/usage`, without an envelope: `budget.spent`, `budget.limit` (null: none), `budget.resets_at`,
 * `rate_limits`, `plan`, `credits.balance`. Dollars; times are ISO 8601.
 */
export async function readKeyUsage(context: GatewayContext): Promise<Reading> {
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
    name: key?.name,
    budget: budget
      ? {
          spent: budget.spent,
          // A limit below zero means none, as null does, and so does 999999999.
          limit:
            budget.limit !== null && (budget.limit < 0 || budget.limit >= NO_LIMIT_FROM)
              ? null
              : budget.limit,
          resetsAt: normalizeTime(budget.resets_at) ?? undefined,
          every: budget.duration,
        }
      : undefined,
    plan: hasPlan
      ? {
          name: plan?.slug,
          status: plan?.status,
          expiresAt: normalizeTime(plan?.expires_at) ?? undefined,
        }
      : undefined,
    account: balance === undefined ? undefined : { balance },
    rateLimits: rate_limits,
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** Whether a member has any content: an object of nulls and empty texts has none. */
function hasContent(wire: unknown): boolean {
  if (typeof wire !== 'object' || wire === null) return wire !== undefined && wire !== null;
  return Object.values(wire).some(member => member !== null && member !== '');
}
