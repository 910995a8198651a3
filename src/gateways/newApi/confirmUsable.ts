import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { mapKeyLookupError } from './tokenUsage.ts';

/** How long it holds that a key was let through. */
const CONFIRMED_FOR_MS = 30 * MINUTE_MS;

/** What says that the key itself is refused, and not the question or the moment. */
const REFUSED_CLASSES: ReadonlySet<string> = new Set(['disabled', 'forbidden', 'exhausted', 'expired']);

/**
 * From 0.10.8 on New API tells the figures of keys that it refuses everywhere else: disabled ones until rc.16,
 * ones that are bound to another address and ones of a group that is not their owner's still. Billing lets them
 * in as the models do, and is asked now and then: its limiter is ample. Any other trouble there says nothing.
 */
export async function confirmUsable(
  context: GatewayContext,
  reading: CountedReading,
): Promise<CountedReading> {
  if (!needsConfirmation(context, reading)) return reading;
  const { usableAt } = context.lastReading ?? {};
  if (usableAt !== undefined && isRecent(usableAt, context.now())) return { ...reading, usableAt };
  try {
    const answer = await context.sendRequest({
      path: '/v1/dashboard/billing/subscription',
      secretIn: 'bearer',
      limiter: 'general',
      short: true,
    });
    unwrapPayload(parseJsonBody(answer, mapUsabilityError), answer.status, mapUsabilityError);
    return { ...reading, usableAt: new Date(context.now()).toISOString() };
  } catch (error) {
    if (!(error instanceof GatewayError) || REFUSED_CLASSES.has(error.failure.class)) throw error;
    return reading;
  }
}

/** A used-up or expired key is refused for that, in words that newer versions use for everything. */
function needsConfirmation({ site, now }: GatewayContext, { quota, expiresAt }: CountedReading): boolean {
  if (site?.lineage !== 'newApi') return false;
  if (typeof expiresAt === 'string' && Date.parse(expiresAt) <= now()) return false;
  return quota !== undefined && (quota.unlimited || (quota.remaining ?? 0) > 0);
}

function isRecent(time: string, now: number): boolean {
  const age = now - Date.parse(time);
  return age >= 0 && age < CONFIRMED_FOR_MS;
}

/** From 0.12.7 on one message stands for every state; of a key that was found a moment ago it means "disabled". */
const mapUsabilityError: ErrorMapper = refusal => {
  const { status, form, message } = refusal;
  if (status === 401 && form === 'error' && /^Invalid token(?: \(request id: [^)]*\))?$/.test(message))
    return failed('disabled', 'key-disabled', { status });
  return mapKeyLookupError(refusal);
};
