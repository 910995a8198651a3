import * as v from 'valibot';
import type { Quota, Reading } from '../../core/quota/reading.ts';
import { missingFiguresError } from '../envelope.ts';
import { wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor, type KnownRefusal } from '../knownRefusals.ts';
import { requestByKey } from '../requestByKey.ts';

/** The member is named after what was used, and tells what is left. */
const remainSchema = v.object({ total_usage: wireNumber });

/** -1 raw unit, of 500,000 a dollar: the key has no limit. */
const UNLIMITED = -0.000002;

/** Recognized by the words; the status varies. */
const usedUp: readonly KnownRefusal[] = [200, 400, 401, 402, 403].map(status => ({
  status,
  forms: ['typed', 'plain', 'bare-word'],
  pattern: /^quota exhausted\b/i,
  failure: ['exhausted', 'used-up'],
}));

const mapError = errorMapperFor([
  ...usedUp,
  {
    status: 401,
    forms: ['typed'],
    pattern: /^Invalid token\b/,
    code: 'Aihubmix_api_error',
    failure: ['bad-key', 'refused-key'],
    quotesKey: true,
  },
]);

/** `GET /dashboard/billing/remain`: what the key itself has left. */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const json = await requestByKey(context, '/dashboard/billing/remain', mapError);
  const parsed = v.safeParse(remainSchema, json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    quota: quotaOf(parsed.output.total_usage),
  };
}

function quotaOf(remaining: number): Quota {
  return remaining === UNLIMITED ? { unlimited: true } : { unlimited: false, remaining };
}
