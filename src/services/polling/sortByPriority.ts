import type { PolledKey } from './polledKey.ts';

/** What matters first: what a person waits for, pinned, then low or soon to expire, then whoever waits longest. */
export function sortByPriority(entries: readonly PolledKey[], waiting?: ReadonlySet<string>): PolledKey[] {
  const waits = ({ key }: PolledKey) => Number(waiting?.has(key.id) ?? false);
  return [...entries].sort(
    (a, b) =>
      waits(b) - waits(a) ||
      Number(b.key.pinned) - Number(a.key.pinned) ||
      Number(b.urgent) - Number(a.urgent) ||
      (a.state.dueAt ?? 0) - (b.state.dueAt ?? 0),
  );
}
