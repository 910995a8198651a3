import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { SendRequest } from '../../http/boundClient.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { unwrapList } from '../envelope.ts';
import { lenient, wireCount, wireNumber } from '../fields.ts';
import type { PlanOffer } from '../plans.ts';
import { sanitizeText } from '../sanitizeText.ts';

const text = lenient(v.string());
const number = lenient(wireNumber);
const count = lenient(wireCount);

const planSchema = v.object({
  slug: v.string(),
  name: text,
  priceUsdc: number,
  rateLimits: lenient(v.object({ rpm_limit: count, tpm_limit: count })),
});

/** See `Gateway.readPlans`: `GET /api/plans`. */
export async function readPlans(ask: SendRequest): Promise<readonly PlanOffer[]> {
  const answer = await ask({ path: '/api/plans', secretIn: 'none', limiter: 'usage' });
  const rows = unwrapList(answer);
  const plans = rows.flatMap(planOf);
  // None of the rows could be read, which does not mean that there are no plans.
  if (plans.length === 0 && rows.length > 0) throw failed('unexpected', 'missing-figures');
  return plans;
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
