import { GatewayError } from '../../core/quota/failure.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import type { CallRoom } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isBillingNew } from './noteBilling.ts';
import type { ReadOwn } from './scarceRoom.ts';
import type { OwnReading } from './tokenUsage.ts';

/** How long name and models are assumed to stay the same. */
const DETAILS_FOR_MS = DAY_MS;
/** The same where a person asks. */
const DETAILS_FOR_PERSON_MS = HOUR_MS;
/** When they are asked for again after an answer that did not tell them. */
const RETRY_AFTER_MS = 6 * HOUR_MS;

/**
 * A call for name and models is sent only while fewer calls than this to the scarce limiter, for whatever purpose,
 * count in its window.
 */
const AT_MOST = 3;
/** The same at a new site, whose keys mostly have no names yet. */
const AT_MOST_AT_FIRST = 5;

/** What a key's own endpoint tells beside its figures, where that was not asked for lately and there is room. */
export async function detailsIfDue(
  context: GatewayContext,
  readOwn: ReadOwn,
): Promise<OwnReading | undefined> {
  if (!areDetailsDue(context)) return undefined;
  try {
    return await readOwn(context, roomFor(context));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    // The figures are good without it.
    const wasAsked = error.failure.class !== 'rate-limited';
    if (wasAsked) context.remember?.({ detailsAt: context.now() - DETAILS_FOR_MS + RETRY_AFTER_MS });
    return undefined;
  }
}

function areDetailsDue({ memory, isManual, now }: GatewayContext): boolean {
  const { detailsAt } = memory?.() ?? {};
  if (detailsAt === undefined) return true;
  const age = now() - detailsAt;
  return age < 0 || age >= (isManual ? DETAILS_FOR_PERSON_MS : DETAILS_FOR_MS);
}

/** A person who asks about a key without a name gets the name, as long as there is any room. */
function roomFor(context: GatewayContext): CallRoom | undefined {
  const isFirst = context.memory?.().detailsAt === undefined;
  if (isFirst && context.isManual) return undefined;
  return { atMost: isFirst && isBillingNew(context) ? AT_MOST_AT_FIRST : AT_MOST, sparing: true };
}
