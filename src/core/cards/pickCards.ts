import { countTroubled, sortedByAttention, unusableAndUnused } from '../quota/attention.ts';
import type { KeyState } from '../quota/keyState.ts';

/** The most cards that can be read at a glance. */
export const MAX_CARDS = 6;

/** The keys that are shown as cards, and the others, which are counted. */
export interface PickedCards {
  readonly shown: readonly KeyState[];
  readonly others: readonly KeyState[];
  /** How many of the others need attention. */
  readonly troubled: number;
}

/** The pinned keys, then those that need attention most. Keys that nobody can use or seems to use come last. */
export function inCardOrder(keys: readonly KeyState[], now: number): readonly KeyState[] {
  const unused = unusableAndUnused(keys, now);
  const [pinned, usual, last]: [KeyState[], KeyState[], KeyState[]] = [[], [], []];
  for (const key of sortedByAttention(keys, now))
    (key.pinned ? pinned : unused.has(key) ? last : usual).push(key);
  return [...pinned, ...usual, ...last];
}

/** Picks the first keys of that order. */
export function pickCards(keys: readonly KeyState[], now: number): PickedCards {
  const inOrder = inCardOrder(keys, now);
  const shown = inOrder.slice(0, MAX_CARDS);
  return {
    shown,
    others: inOrder.slice(MAX_CARDS),
    troubled: countTroubled(keys, now, key => shown.includes(key)),
  };
}
