import type { PolledKey } from './polledKey.ts';

/** What matters first: what a person waits for, pinned, then low or soon to expire, then in use, then whoever waits longest. */
export function sortByPriority(entries: readonly PolledKey[], waiting?: ReadonlySet<string>): PolledKey[] {
  // Worked out once a key, and not at each of the comparisons, of which a thousand keys need ten thousand.
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
