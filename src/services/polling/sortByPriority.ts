import type { PolledKey } from './polledKey.ts';

/** What matters first: pinned, then low or soon to expire, then whoever waits longest. */
export function sortByPriority(entries: readonly PolledKey[]): PolledKey[] {
  return [...entries].sort(
    (a, b) =>
      Number(b.key.pinned) - Number(a.key.pinned) ||
      Number(b.urgent) - Number(a.urgent) ||
      (a.state.dueAt ?? 0) - (b.state.dueAt ?? 0),
  );
}
