import type { PolledKey } from './polledKey.ts';

/**
 * Sorts keys for checking: first those that a person waits for, then pinned ones, then low or soon to expire, then in
 * use, then those that are due longest.
 */
export function sortByPriority(entries: readonly PolledKey[], waiting?: ReadonlySet<string>): PolledKey[] {
  // Ranked once per key: sorting a thousand keys takes ten thousand comparisons.
  const ranked = entries.map(entry => ({
    entry,
    rank: rankOf(entry, waiting),
    dueAt: entry.state.dueAt ?? 0,
  }));
  return ranked.sort((a, b) => b.rank - a.rank || a.dueAt - b.dueAt).map(({ entry }) => entry);
}

/** Higher for a key that goes first; each reason outweighs all that come after it. */
function rankOf({ key, urgent, pace }: PolledKey, waiting: ReadonlySet<string> | undefined): number {
  return (
    (waiting?.has(key.id) ? 8 : 0) + (key.pinned ? 4 : 0) + (urgent ? 2 : 0) + (pace === 'close' ? 1 : 0)
  );
}
