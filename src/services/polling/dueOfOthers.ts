import type { PolledKey } from './polledKey.ts';

/**
 * When the other keys of a key's limiter are due, epoch milliseconds; without those that are not asked themselves.
 *
 * @param entries all keys of its base URL.
 */
export function dueOfOthers(
  { key: { id }, limiterId }: PolledKey,
  entries: readonly PolledKey[],
): readonly number[] {
  return entries.flatMap(({ key, state, account, limiterId: other }) => {
    const isAsked = other === limiterId && key.id !== id && !account && key.pausedAt === undefined;
    return isAsked && state.dueAt !== undefined ? [state.dueAt] : [];
  });
}
