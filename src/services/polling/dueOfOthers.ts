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
  return entries.flatMap(entry => (entry.limiterId === limiterId && entry.key.id !== id ? dueOf(entry) : []));
}

/** With more keys than this the process is awake most of the time anyway. */
const MANY_KEYS = 100;

/**
 * When the keys at other base URLs are due, epoch milliseconds; nothing where there are many.
 *
 * @param entries all keys.
 */
export function dueElsewhere({ key }: PolledKey, entries: readonly PolledKey[]): readonly number[] {
  if (entries.length > MANY_KEYS) return [];
  return entries.flatMap(entry => (entry.key.baseUrl === key.baseUrl ? [] : dueOf(entry)));
}

function dueOf({ key, state, account }: PolledKey): readonly number[] {
  const isAsked = !account && key.pausedAt === undefined && state.dueAt !== undefined;
  return isAsked ? [state.dueAt] : [];
}
