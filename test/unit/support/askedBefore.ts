import type { Store } from '../../../src/core/ports/store.ts';
import type { Share } from '../../../src/core/quota/share.ts';

const WHOLE: Share = { share: 1, changedAt: 0 };

/** Makes sites that a store does not know count as asked before, so that polls do not begin with less than our half. */
export function askedBefore<T extends Pick<Store, 'shares'>>(store: T): T {
  const { shares } = store;
  const { shareOf } = shares;
  shares.shareOf = (origin, limiter) => shareOf(origin, limiter) ?? WHOLE;
  return store;
}
