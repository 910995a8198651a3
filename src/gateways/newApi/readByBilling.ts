import { type FailureClass, failed, GatewayError } from '../../core/quota/failure.ts';
import type { CountedReading, Reading } from '../../core/quota/reading.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { CallRoom } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { rawScale } from '../site.ts';
import { mayBeMissingPath } from '../siteNotes.ts';
import { hasSameFiguresElsewhere, noteFirstFigures } from './billedAccount.ts';
import {
  type BilledFigures,
  compareFigures,
  isDoubtful,
  mayBeOtherUnit,
  type OwnFigures,
} from './billedFigures.ts';
import { readingOf } from './billedReading.ts';
import { requestBilledLimit } from './billing.ts';
import {
  billingNote,
  noteBillingClosed,
  noteBillingDoubt,
  noteBillingMode,
  noteBillingOpen,
} from './billingMode.ts';
import { detailsIfDue } from './details.ts';
import { explainRefusal } from './explainRefusal.ts';
import { isLimitDue } from './limitDue.ts';
import { rawLimit, requestRawUse } from './rawBilling.ts';
import { type ReadOwn, roomForOne } from './scarceRoom.ts';

/** The most calls to the scarce limiter, whatever for, beside which a key is asked about its account's list. */
const AT_MOST_ABOUT_LIST = 2;

/** After so long a key whose figures cannot be believed for now is asked again by billing. */
const DOUBTED_FOR_MS = 2 * MINUTE_MS;

/**
 * The most calls to the scarce limiter, whatever for, beside which a key is read while billing does not answer, or while
 * another key's figures are doubted.
 */
const AT_MOST_BESIDE = 4;

/** The ways of reading a key beside billing. All throw a `GatewayError`. */
export interface OtherWays {
  /** The key's own endpoint, which is scarce. */
  readonly readOwn: ReadOwn;
  /** As if nothing were known of billing. */
  readonly readAnew: (context: GatewayContext) => Promise<CountedReading>;
}

interface Billed extends BilledFigures {
  readonly expiresAt: Reading['expiresAt'];
  /** Whether the limit was asked for just now. */
  readonly isLimitNew: boolean;
}

/** Failures of billing that say nothing about the key's own endpoint. */
const CLOSED_CLASSES: ReadonlySet<FailureClass> = new Set(['not-supported', 'unexpected', 'blocked-by-edge']);
const REFUSED_CLASSES: ReadonlySet<FailureClass> = new Set(['bad-key', 'exhausted', 'expired']);

/**
 * A key's quota by billing, at a site where that tells the key's own figures: `…/usage`, and `…/subscription` where the
 * use alone does not tell enough (`limitDue.ts`). What cannot follow from the figures of before is asked of the key
 * itself.
 * @throws GatewayError
 */
export async function readByBilling(context: GatewayContext, ways: OtherWays): Promise<CountedReading> {
  let billed: Billed | 'other';
  try {
    billed = await askBilling(context);
    noteBillingOpen(context);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return readWithoutBilling(context, ways, error);
  }
  const doubt = billed === 'other' ? 'figures' : doubtAbout(context, billed);
  if (billed !== 'other' && doubt === undefined) {
    settleDoubt(context, billed);
    if (!mayBeOtherUnit(figuresBefore(context), billed)) return withDetails(context, ways, billed);
    const current = await withStatus(context);
    return billingNote(current) ? withDetails(current, ways, billed) : ways.readAnew(current);
  }
  // A rate may have changed a moment after the status was read.
  const current = await withStatus(context);
  // Another unit or version: what billing tells is found out anew.
  if (!billingNote(current)) return ways.readAnew(current);
  try {
    const room = doubt === 'site' ? { atMost: AT_MOST_BESIDE } : roomAbout(current);
    const { own, reading } = await ways.readOwn(current, room);
    await judge(current, own, billed);
    return reading;
  } catch (error) {
    const isMissing = error instanceof GatewayError && mayBeMissingPath(error.failure);
    if (isMissing) return ways.readAnew(current);
    if (!(error instanceof GatewayError)) throw error;
    if (doubt === 'site') throw soonAgain(error, current.now());
    noteBillingDoubt(current, limitOf(billed));
    throw error;
  }
}

/** Another key may settle a doubt about the site long before there is room to ask this one itself. */
function soonAgain(error: GatewayError, now: number): GatewayError {
  const { failure } = error;
  if (failure.class !== 'rate-limited') return error;
  const until = Math.min(failure.until ?? Number.POSITIVE_INFINITY, now + DOUBTED_FOR_MS);
  return new GatewayError({ ...failure, until, retryAfterMs: until - now });
}

function limitOf(billed: Billed | 'other'): number | undefined {
  return billed === 'other' ? undefined : billed.limit;
}

/** Many keys may be asked at once about their account's list. */
function roomAbout(context: GatewayContext): CallRoom | undefined {
  return isAskedAboutList(context) && !context.isManual
    ? { atMost: AT_MOST_ABOUT_LIST }
    : roomForOne(context);
}

/** The same with the site's status as it is now. @throws GatewayError where nobody answers. */
async function withStatus(context: GatewayContext): Promise<GatewayContext> {
  const site = await context.refreshSite?.(0);
  return site ? { ...context, site } : context;
}

/** What billing tells, or `other` where those are no raw numbers of this site. @throws GatewayError */
async function askBilling(context: GatewayContext, isDoubted = false): Promise<Billed | 'other'> {
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

/** Whether the figures themselves are doubtful, or the site is while they cannot be compared with what the key told itself. */
function doubtAbout(context: GatewayContext, billed: Billed): 'figures' | 'site' | undefined {
  if (isDoubtfulNow(context, billed)) return 'figures';
  const isSiteDoubted = billingNote(context)?.doubtedAt !== undefined;
  const isKnown = context.memory?.().ownAt !== undefined || (billed.isLimitNew && isSurelyOwnOf(billed));
  return isSiteDoubted && !isKnown ? 'site' : undefined;
}

/** Ends the doubt about a site where a key is still told what only its own billing says. */
function settleDoubt(context: GatewayContext, billed: Billed): void {
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
    // Nothing is known that the first figures could contradict, but those of another key.
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

/** How long what an account's list told of a key, and what was doubted, is compared with. */
const LISTED_FOR_MS = 20 * MINUTE_MS;

/** Whether figures are those that the account's list told of this key just before, in place of the ones before. */
function isAsListed(context: GatewayContext, billed: Billed): boolean {
  const { listedLimit: limit, listedUsed: used } = context.memory?.() ?? {};
  return isAskedAboutList(context) && used !== undefined && !isDoubtful({ limit, used }, billed, true);
}

/** Whether the key is asked because of what its account's list said of it. */
function isAskedAboutList({ memory, now }: GatewayContext): boolean {
  const age = now() - (memory?.().listDoubtedAt ?? Number.NEGATIVE_INFINITY);
  return age >= 0 && age < LISTED_FOR_MS;
}

/** The last figures in raw numbers; of a reading from before they were remembered, as far as its amounts tell. */
function figuresBefore(context: GatewayContext): Partial<BilledFigures> {
  const memory = context.memory?.() ?? {};
  const { quota, unit } = context.lastReading ?? {};
  if (memory.used !== undefined || quota === undefined) return memory;
  const scale = rawScale(context.site, context.unitOverride, 'default');
  if (scale.unit.code !== unit?.code) return memory;
  const raw = (amount: number | undefined) =>
    amount === undefined ? undefined : Math.round(amount * scale.perUnit);
  return { limit: quota.unlimited ? undefined : raw(quota.granted), used: raw(quota.used) };
}

/** The reading by billing, with name and models, which only the key's own endpoint tells. */
async function withDetails(
  context: GatewayContext,
  ways: OtherWays,
  billed: Billed,
): Promise<CountedReading> {
  const own = await detailsIfDue(context, ways.readOwn);
  const isAgreed = own === undefined || (await judge(context, own.own, billed));
  if (own !== undefined && !isAgreed) return own.reading;
  const { limit, used, expiresAt } = billed;
  const left = limit === undefined ? undefined : limit - used;
  context.remember?.({ limit, used, left, refusal: undefined, meaning: undefined });
  const { name, models, modelsMore } = own?.reading ?? context.lastReading ?? {};
  return {
    ...readingOf(context, { limit, used, left }),
    source: 'billing',
    name,
    expiresAt,
    models,
    modelsMore,
    usableAt: new Date(context.now()).toISOString(),
  };
}

async function readWithoutBilling(
  context: GatewayContext,
  ways: OtherWays,
  error: GatewayError,
): Promise<CountedReading> {
  const { failure } = error;
  if (REFUSED_CLASSES.has(failure.class)) return explainRefusal(context, error, ways.readOwn);
  // A proxy in between that asks for a pause is in front of the key's own endpoint as well.
  if (failure.status === 429) throw error;
  if (!CLOSED_CLASSES.has(failure.class) && !mayBeMissingPath(failure)) throw error;
  if (noteBillingClosed(context)) return ways.readAnew(context);
  try {
    return (await ways.readOwn(context, { atMost: AT_MOST_BESIDE })).reading;
  } catch (ownError) {
    if (!(ownError instanceof GatewayError) || ownError.failure.class !== 'rate-limited') throw ownError;
    // Billing may be back with the next check.
    throw failed('transient', 'server-error', { status: failure.status });
  }
}

/** Whether billing agrees with the key; where it does not, the site's keys are not read by it any more. */
async function judge(
  context: GatewayContext,
  own: OwnFigures | undefined,
  billed: Billed | 'other',
): Promise<boolean> {
  let told = billed;
  let result = own === undefined || billed === 'other' ? ('other' as const) : compareFigures(own, billed);
  if (own !== undefined && billed !== 'other' && result !== 'same') {
    // The key may have been used between the two answers, so billing is asked once more.
    const again = await askBilling(context, true).catch(error => {
      if (error instanceof GatewayError) return undefined;
      throw error;
    });
    if (again === undefined) return false;
    result = again === 'other' ? 'other' : compareFigures(own, again);
    told = again;
  }
  if (result === 'other') noteBillingMode(context, 'account', { otherLimit: limitOf(told) });
  if (result === 'same') noteBillingMode(context, 'key', { isUseProven: (own?.used ?? 0) > 0 });
  return result === 'same';
}
