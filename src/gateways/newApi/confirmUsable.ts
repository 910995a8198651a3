import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import { isoTime, MINUTE_MS } from '../../core/time.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { Json } from '../wireJson.ts';
import { mayHaveExpired } from './billedReading.ts';
import { BILLING_PATH } from './billing.ts';
import { mapKeyLookupError } from './tokenUsage.ts';

/** How long a confirmation holds. */
const CONFIRMED_FOR_MS = 30 * MINUTE_MS;

/** Failures that mean the key itself is refused. */
const REFUSED_CLASSES: ReadonlySet<string> = new Set(['disabled', 'forbidden', 'exhausted', 'expired']);

/**
 * Confirms that a key with quota is usable, by one billing request every half hour: New API ≥ 0.10.8 reports figures of
 * keys that it refuses everywhere else (disabled until 1.0.0-rc.16; bound to another address, or in a group of others,
 * in all versions). Returns the reading, with `usableAt` once confirmed. With `learn`, billing is asked at once and
 * `learn` is called with its answer.
 * @throws GatewayError where billing refuses the key; other failures are ignored.
 */
export async function confirmUsable(
  context: GatewayContext,
  reading: CountedReading,
  learn?: (subscription: Json) => Promise<void>,
): Promise<CountedReading> {
  if (!needsConfirmation(context, reading)) return reading;
  const { usableAt } = context.lastReading ?? {};
  if (!learn && usableAt !== undefined && isRecent(usableAt, context.now())) return { ...reading, usableAt };
  try {
    const subscription = await requestSubscription(context);
    await learn?.(subscription);
    return { ...reading, usableAt: isoTime(context.now()) };
  } catch (error) {
    if (!(error instanceof GatewayError) || REFUSED_CLASSES.has(error.failure.class)) throw error;
    return reading;
  }
}

/** See `Gateway.confirmListed`. */
export async function confirmListed(context: GatewayContext): Promise<'usable' | 'refused' | undefined> {
  const { lastReading } = context;
  if (!lastReading || !needsConfirmation(context, lastReading)) return undefined;
  try {
    await requestSubscription(context);
    return 'usable';
  } catch (error) {
    if (error instanceof GatewayError && REFUSED_CLASSES.has(error.failure.class)) return 'refused';
    throw error;
  }
}

async function requestSubscription(context: GatewayContext): Promise<Json> {
  const answer = await context.sendRequest({
    path: `${BILLING_PATH}/subscription`,
    secretIn: 'bearer',
    limiter: 'general',
    short: true,
  });
  return unwrapPayload(parseJsonBody(answer, mapUsabilityError), answer.status, mapUsabilityError);
}

/**
 * Used-up and expired keys are refused by billing anyway, from 0.12.7 on by the same message as disabled
 * ones.
 */
function needsConfirmation(context: GatewayContext, reading: CountedReading): boolean {
  if (context.site?.lineage !== 'newApi' || mayHaveExpired(reading, context)) return false;
  const { quota } = reading;
  return quota !== undefined && (quota.unlimited || (quota.remaining ?? 0) > 0);
}

function isRecent(time: string, now: number): boolean {
  const age = now - Date.parse(time);
  return age >= 0 && age < CONFIRMED_FOR_MS;
}

/**
 * From 0.12.7 on one message stands for every state; for a key that was found right before it means
 * “disabled”.
 */
const mapUsabilityError: ErrorMapper = refusal => {
  const { status, form, message } = refusal;
  if (status === 401 && form === 'error' && /^Invalid token(?: \(request id: [^)]*\))?$/.test(message))
    return failed('disabled', 'key-disabled', { status });
  return mapKeyLookupError(refusal);
};
