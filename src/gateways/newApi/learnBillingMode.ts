import { GatewayError } from '../../core/quota/failure.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { Json } from '../wireJson.ts';
import { noteFirstFigures } from './billedAccount.ts';
import { compareFigures } from './billedFigures.ts';
import { parseSubscription, requestBilledLimit } from './billing.ts';
import { billingNote, noteBillingMode } from './noteBilling.ts';
import { rawLimit, requestRawUse } from './rawBilling.ts';
import type { OwnReading } from './tokenUsage.ts';

/**
 * Finds out whether billing tells the key's figures at this site or its account's (`DisplayTokenStatEnabled`), from one
 * key that has just told its own. Billing is asked for its use where the limit alone does not tell. What cannot be
 * decided is left to the next key.
 */
export async function learnBillingMode(
  context: GatewayContext,
  { own, reading }: OwnReading,
  subscription: Json,
): Promise<void> {
  if (own === undefined || context.site?.lineage !== 'newApi') return;
  try {
    const told = parseSubscription(context, subscription);
    const limit = rawLimit(context, told, own.limit);
    if (limit === 'other') return noteBillingMode(context, 'account');
    const isOther = { otherLimit: limit.raw };
    if (!isSameEnd(reading.expiresAt, told.expiresAt)) return noteBillingMode(context, 'account', isOther);
    const used = await requestRawUse(context);
    const result = used === undefined ? 'other' : compareFigures(own, { limit: limit.raw, used });
    // The figures of a key that nobody has used may be those of an account that nobody has used.
    const isKeys = own.used > 0 || limit.raw === undefined || typeof told.expiresAt === 'string';
    if (result === 'same' && isKeys) {
      noteBillingMode(context, 'key', { isUseProven: own.used > 0 });
      // The figures of an account with a single key agree as well, so they are noted: another key with the same figures
      // is then asked itself.
      if (limit.raw !== undefined) noteFirstFigures(context, { limit: limit.raw, used: own.used });
    }
    if (result === 'other') noteBillingMode(context, 'account', isOther);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
  }
}

/** Whether billing answers at all at a site of which nothing is known yet. */
export async function mayBeBilled(context: GatewayContext): Promise<boolean> {
  if (context.site?.lineage !== 'newApi' || billingNote(context)) return false;
  try {
    await requestBilledLimit(context);
    return true;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return false;
  }
}

/** Account figures have no end. */
function isSameEnd(own: string | null | undefined, billed: string | null | undefined): boolean {
  return own === billed || own === undefined || billed === undefined;
}
