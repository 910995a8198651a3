import { type FailureClass, failed, GatewayError } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import { HOUR_MS } from '../../core/time.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { mayBeMissingPath } from '../noteMissingPath.ts';
import { isEnded, mayHaveExpired, readingOf } from './billedReading.ts';
import { isBillingNew } from './noteBilling.ts';
import { type ReadOwn, roomForOne } from './scarceRoom.ts';

/** How long what the key's own endpoint said of a refusal holds while billing refuses the key in the same way. */
const EXPLAINED_FOR_MS = 6 * HOUR_MS;
/**
 * A call about a refusal is sent only while fewer calls than this to the scarce limiter, for whatever purpose, count in
 * its window.
 */
const AT_MOST = 4;

const REFUSED_CLASSES: ReadonlySet<FailureClass> = new Set([
  'bad-key',
  'disabled',
  'exhausted',
  'expired',
  'forbidden',
]);

/**
 * What it means that billing refuses a key as wrong, used up or expired. New API 1.0 says “Invalid token” in all of
 * these cases, while the key's own endpoint still tells figures of used-up and expired keys. It is scarce, so what it
 * said holds for hours: a key that is refused spends nothing.
 * @throws GatewayError where the key has no figures.
 */
export async function explainRefusal(
  context: GatewayContext,
  refusal: GatewayError,
  readOwn: ReadOwn,
): Promise<CountedReading> {
  const { reason } = refusal.failure;
  const { refusal: before, detailsAt } = context.memory?.() ?? {};
  const age = detailsAt === undefined ? -1 : context.now() - detailsAt;
  // A key may have ended by its own figures before billing was asked.
  const isSame = before === reason || (before === undefined && isKnownToHaveEnded(context));
  if (isSame && age >= 0 && age < EXPLAINED_FOR_MS) {
    const known = knownMeaning(context, reason);
    if (known) return known;
  }
  try {
    // A key that was never explained has no figures at all.
    const isFirst = detailsAt === undefined && (isBillingNew(context) || context.isManual);
    const { reading } = await readOwn(context, isFirst ? roomForOne(context) : { atMost: AT_MOST });
    return meaningOf(context, refusal, reading);
  } catch (error) {
    if (!(error instanceof GatewayError) || error === refusal) throw error;
    const { failure } = error;
    if (failure.class === 'rate-limited') return withoutRoom(context, refusal, error, isSame);
    if (mayBeMissingPath(failure)) throw refusal;
    if (REFUSED_CLASSES.has(failure.class)) remember(context, reason, failure);
    throw error;
  }
}

/** The key's own figures beside a refusal. */
function meaningOf(context: GatewayContext, refusal: GatewayError, reading: CountedReading): CountedReading {
  const { class: refused, reason, words } = refusal.failure;
  if (isEnded(reading, context.now())) {
    remember(context, reason);
    return reading;
  }
  if (refused !== 'bad-key') {
    remember(context, reason, refusal.failure);
    throw refusal;
  }
  // Older versions send the Chinese words while their table is locked; newer ones mean “disabled” by them.
  if (!/^Invalid token\b/.test(words ?? '') || mayHaveExpired(reading, context)) return reading;
  const disabled = failed('disabled', 'key-disabled', { status: refusal.failure.status });
  remember(context, reason, disabled.failure);
  throw disabled;
}

/** What is known of the refusal without another call to the scarce limiter. */
function withoutRoom(
  context: GatewayContext,
  refusal: GatewayError,
  noRoom: GatewayError,
  isSame: boolean,
): CountedReading {
  const known = isSame ? knownMeaning(context, refusal.failure.reason) : undefined;
  if (known) return known;
  if (refusal.failure.class !== 'bad-key') throw refusal;
  const { expiresAt } = context.lastReading ?? {};
  if (typeof expiresAt === 'string' && Date.parse(expiresAt) <= context.now())
    throw failed('expired', 'past-expiry', { status: refusal.failure.status });
  throw noRoom;
}

/** The earlier explanation: figures as confirmed now, or the failure. @throws GatewayError */
function knownMeaning(
  context: GatewayContext,
  reason: GatewayError['failure']['reason'],
): CountedReading | undefined {
  const { lastReading } = context;
  const { meaning, limit, used, left } = context.memory?.() ?? {};
  if (meaning && !hasExpiredSince(context)) throw failed(meaning.class, meaning.reason);
  if (!lastReading || used === undefined || !isEnded(lastReading, context.now())) return undefined;
  context.remember?.({ refusal: reason });
  return { ...lastReading, ...readingOf(context, { limit, used, left }) };
}

/** Whether the key's end has come after it was asked itself. */
function hasExpiredSince({ lastReading, memory, now }: GatewayContext): boolean {
  const { expiresAt } = lastReading ?? {};
  const end = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number.POSITIVE_INFINITY;
  return end <= now() && end > (memory?.().detailsAt ?? end);
}

function isKnownToHaveEnded({ lastReading, now }: GatewayContext): boolean {
  return lastReading !== undefined && lastReading.source === undefined && isEnded(lastReading, now());
}

function remember(
  context: GatewayContext,
  refusal: GatewayError['failure']['reason'],
  meaning?: GatewayError['failure'],
): void {
  context.remember?.({
    detailsAt: context.now(),
    refusal,
    meaning: meaning && { class: meaning.class, reason: meaning.reason },
  });
}
