import type { GatewayContext } from '../gatewayContext.ts';
import { rawScale } from '../siteScale.ts';
import { type Billed, isAskedAboutList } from './askBilling.ts';
import { hasSameFiguresElsewhere, noteFirstFigures } from './billedAccount.ts';
import { type BilledFigures, isDoubtful } from './billedFigures.ts';
import { billingNote, noteBillingMode } from './noteBilling.ts';

/** Whether the figures themselves are doubtful, or the site is while they cannot be compared with what the key told itself. */
export function doubtAbout(context: GatewayContext, billed: Billed): 'figures' | 'site' | undefined {
  if (isDoubtfulNow(context, billed)) return 'figures';
  const isSiteDoubted = billingNote(context)?.doubtedAt !== undefined;
  const isKnown = context.memory?.().ownAt !== undefined || (billed.isLimitNew && isSurelyOwnOf(billed));
  return isSiteDoubted && !isKnown ? 'site' : undefined;
}

/** Ends the doubt about a site where a key is still told what only its own billing says. */
export function settleDoubt(context: GatewayContext, billed: Billed): void {
  const { doubtedAt, otherLimit } = billingNote(context) ?? {};
  if (doubtedAt === undefined || !billed.isLimitNew) return;
  const isAsTold = context.memory?.().ownAt !== undefined && billed.limit !== otherLimit;
  if (isAsTold || isSurelyOwnOf(billed)) noteBillingMode(context, 'key');
}

function isSurelyOwnOf({ limit, expiresAt }: Billed): boolean {
  return limit === undefined || typeof expiresAt === 'string';
}

function isDoubtfulNow(context: GatewayContext, billed: Billed): boolean {
  const { lastReading, site } = context;
  if (lastReading?.quota === undefined) {
    // A key's first figures can only be compared with another key's.
    const { limit, used } = billed;
    if (limit === undefined) return site?.display === 'TOKENS';
    if (hasSameFiguresElsewhere(context, { limit, used })) return true;
    noteFirstFigures(context, { limit, used });
    return false;
  }
  if (typeof lastReading.expiresAt === 'string' && billed.expiresAt === null) return true;
  const isProven = billingNote(context)?.isUseProven === true;
  return isDoubtful(figuresBefore(context), billed, isProven) && !isAsListed(context, billed);
}

/** Whether figures are those that the account's list told of this key just before, in place of the ones before. */
function isAsListed(context: GatewayContext, billed: Billed): boolean {
  const { listedLimit: limit, listedUsed: used } = context.memory?.() ?? {};
  return isAskedAboutList(context) && used !== undefined && !isDoubtful({ limit, used }, billed, true);
}

/** The last figures in raw numbers; of a reading from before they were remembered, as far as its amounts tell. */
export function figuresBefore(context: GatewayContext): Partial<BilledFigures> {
  const memory = context.memory?.() ?? {};
  const { quota, unit } = context.lastReading ?? {};
  if (memory.used !== undefined || quota === undefined) return memory;
  const scale = rawScale(context.site, context.unitOverride, 'default');
  if (scale.unit.code !== unit?.code) return memory;
  const raw = (amount: number | undefined) =>
    amount === undefined ? undefined : Math.round(amount * scale.perUnit);
  return { limit: quota.unlimited ? undefined : raw(quota.granted), used: raw(quota.used) };
}
