import type { PolledKey } from './polledKey.ts';

/** What matters first: what a person waits for, pinned, then low or soon to expire, then in use, then whoever waits longest. */
export function sortByPriority(entries: readonly PolledKey[], waiting?: ReadonlySet<string>): PolledKey[] {
  const waits = ({ key }: PolledKey) => Number(waiting?.has(key.id) ?? false);
  return [...entries].sort(
    (a, b) =>
      waits(b) - waits(a) ||
      Number(b.key.pinned) - Number(a.key.pinned) ||
      Number(b.urgent) - Number(a.urgent) ||
      Number(b.pace === 'close') - Number(a.pace === 'close') ||
      (a.state.dueAt ?? 0) - (b.state.dueAt ?? 0),
  );
}
