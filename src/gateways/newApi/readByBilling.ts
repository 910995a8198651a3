import { type FailureClass, failed, GatewayError } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import { isoTime, MINUTE_MS } from '../../core/time.ts';
import type { CallRoom } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { mayBeMissingPath } from '../noteMissingPath.ts';
import { askBilling, type Billed, isAskedAboutList } from './askBilling.ts';
import { compareFigures, mayBeOtherUnit, type OwnFigures } from './billedFigures.ts';
import { readingOf } from './billedReading.ts';
import { doubtAbout, figuresBefore, settleDoubt } from './billingDoubt.ts';
import { detailsIfDue } from './details.ts';
import { explainRefusal } from './explainRefusal.ts';
import {
  billingNote,
  noteBillingClosed,
  noteBillingDoubt,
  noteBillingMode,
  noteBillingOpen,
} from './noteBilling.ts';
import { type ReadOwn, roomForOne } from './scarceRoom.ts';

/**
 * A key is asked about its account's list only while fewer calls than this to the scarce limiter, for whatever purpose,
 * count in its window.
 */
const AT_MOST_ABOUT_LIST = 2;

/** How long until a key with doubtful figures is asked again by billing. */
const DOUBTED_FOR_MS = 2 * MINUTE_MS;

/** The same for a key that is read while billing does not answer, or while another key's figures are doubted. */
const AT_MOST_BESIDE = 4;

/** The ways of reading a key beside billing. All throw a `GatewayError`. */
export interface OtherWays {
  /** The key's own endpoint, which is scarce. */
  readonly readOwn: ReadOwn;
  /** Reads the key as if nothing were known of the site's billing. */
  readonly readFromScratch: (context: GatewayContext) => Promise<CountedReading>;
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
    return billingNote(current) ? withDetails(current, ways, billed) : ways.readFromScratch(current);
  }
  // A rate may have changed a moment after the status was read.
  const current = await withStatus(context);
  // Another unit or version: what billing tells has to be found out again.
  if (!billingNote(current)) return ways.readFromScratch(current);
  try {
    const room = doubt === 'site' ? { atMost: AT_MOST_BESIDE } : roomAbout(current);
    const { own, reading } = await ways.readOwn(current, room);
    await judge(current, own, billed);
    return reading;
  } catch (error) {
    const isMissing = error instanceof GatewayError && mayBeMissingPath(error.failure);
    if (isMissing) return ways.readFromScratch(current);
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
    usableAt: isoTime(context.now()),
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
  if (noteBillingClosed(context)) return ways.readFromScratch(context);
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

function limitOf(billed: Billed | 'other'): number | undefined {
  return billed === 'other' ? undefined : billed.limit;
}
