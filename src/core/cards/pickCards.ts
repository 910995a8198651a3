import { needsAttention, sortedByAttention, unusableAndUnused } from '../quota/attention.ts';
import type { KeyState } from '../quota/keyState.ts';

/** So many cards are taken in at a glance. */
const MAX_CARDS = 6;

/** The keys that are shown as cards, and the others, which are counted. */
export interface PickedCards {
  readonly shown: readonly KeyState[];
  readonly others: readonly KeyState[];
  /** How many of the others need attention. */
  readonly troubled: number;
}

/** Picks the pinned keys, then those that need attention most. What nobody can use and nobody misses comes last. */
export function pickCards(keys: readonly KeyState[], now: number): PickedCards {
  const unused = unusableAndUnused(keys, now);
  const place = (key: KeyState) => (key.pinned ? 0 : unused.has(key) ? 2 : 1);
  const sorted = sortedByAttention(keys, now).toSorted((a, b) => place(a) - place(b));
  const others = sorted.slice(MAX_CARDS);
  return {
    shown: sorted.slice(0, MAX_CARDS),
    others,
    troubled: others.filter(key => needsAttention(key, now)).length,
  };
}
