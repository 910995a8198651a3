import type { ReserveOptions } from '../requests/requestBudget.ts';
import { spreadOf } from '../requests/spread.ts';
import type { PolledKey } from './polledKey.ts';
import { scheduledCalls } from './scheduledCalls.ts';

/**
 * What a poll leaves to others. Pinned keys go first. Where keys have to share a limiter, the others' calls are spread
 * over its window, and its last call is kept for what cannot wait: keys in use, pinned ones, what a person asks.
 *
 * @param entries at least the pinned keys of the same limiter.
 * @param isAsked whether a person waits for the key's check; only asked where it matters.
 */
export function reserveOptionsFor(
  entry: PolledKey,
  entries: readonly PolledKey[],
  isAsked: () => boolean,
  now: number,
): ReserveOptions {
  const { key, gateway, limiter, limiterName, limiterId, isSaturated } = entry;
  if (key.pinned) return {};
  const pinned = entries.filter(
    other =>
      other.key.pinned && other.limiterId === limiterId && other.key.pausedAt === undefined && !other.account,
  );
  const leavesRoomFor = scheduledCalls(
    pinned.map(({ state: { dueAt }, intervalMs }) => ({ dueAt, intervalMs })),
    limiter,
    now,
  );
  // Where many keys were added at once, their first checks are spread.
  const isSpread = entry.state.checkedAt === undefined && entry.isOneOfManyNew;
  if (!isSaturated || (!isSpread && isAsked())) return { leavesRoomFor };
  const whole = gateway?.limiters[limiterName] ?? limiter;
  // At a site that is new our share grows within minutes where it is used, so no call of it is held back.
  const isNew = !limiter.othersAsk && limiter.calls < whole.calls;
  return {
    leavesRoomFor,
    spread: spreadOf(isNew ? whole : limiter, Math.min(leavesRoomFor.length, callsInWindow(pinned, limiter))),
    leavesOne: !isNew && !isInUse(entry),
  };
}

/** How many calls keys take in one window of their limiter, on average: fewer than are planned in some windows. */
function callsInWindow(keys: readonly PolledKey[], { windowMs }: PolledKey['limiter']): number {
  return keys.reduce((sum, { intervalMs }) => sum + windowMs / intervalMs, 0);
}

/** Whether its figures were seen to move lately, or a threshold is near. */
function isInUse({ urgent, pace, state: { reading, failure, unchangedSince } }: PolledKey): boolean {
  if (!reading || failure) return false;
  return urgent || (pace === 'close' && unchangedSince !== undefined);
}
