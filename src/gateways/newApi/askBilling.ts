import type { Reading } from '../../core/quota/reading.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { BilledFigures } from './billedFigures.ts';
import { requestBilledLimit } from './billing.ts';
import { isLimitDue } from './limitDue.ts';
import { billingNote } from './noteBilling.ts';
import { rawLimit, requestRawUse } from './rawBilling.ts';

/** How long figures are compared with what the account's list told, and with doubted ones. */
const LISTED_FOR_MS = 20 * MINUTE_MS;

/** What billing told of a key just now. */
export interface Billed extends BilledFigures {
  readonly expiresAt: Reading['expiresAt'];
  /** Whether the limit was asked for just now. */
  readonly isLimitNew: boolean;
}

/** What billing tells, or `other` where those are no raw numbers of this site. @throws GatewayError */
export async function askBilling(context: GatewayContext, isDoubted = false): Promise<Billed | 'other'> {
  const used = await requestRawUse(context);
  if (used === undefined) return 'other';
  const { limit } = context.memory?.() ?? {};
  if (!needsLimit(context, used, isDoubted))
    return { limit, used, expiresAt: context.lastReading?.expiresAt, isLimitNew: false };
  const told = await requestBilledLimit(context);
  const now = rawLimit(context, told, limit);
  if (now === 'other') return 'other';
  context.remember?.({ limitAt: context.now() });
  return { limit: now.raw, used, expiresAt: told.expiresAt, isLimitNew: true };
}

function needsLimit(context: GatewayContext, used: number, isDoubted: boolean): boolean {
  const { lastReading, isManual, isLow, now, site } = context;
  const { limitAt, used: before } = context.memory?.() ?? {};
  return isLimitDue({
    ageMs: limitAt === undefined || lastReading?.quota === undefined ? undefined : now() - limitAt,
    before,
    used,
    display: site?.display,
    isWanted:
      isLow === true ||
      isManual === true ||
      (isDoubted && used !== before) ||
      // The limit shows whose figures these are.
      billingNote(context)?.doubtedAt !== undefined ||
      isAskedAboutList(context),
  });
}

/** Whether the key is asked because its account's list said something doubtful about it. */
export function isAskedAboutList({ memory, now }: GatewayContext): boolean {
  const age = now() - (memory?.().listDoubtedAt ?? Number.NEGATIVE_INFINITY);
  return age >= 0 && age < LISTED_FOR_MS;
}
