import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import { NEVER_DUE } from '../../core/team/servedKey.ts';
import type { PolledKey } from './polledKey.ts';

/**
 * Makes keys due one interval after their last check, where they are due later than that: the interval became shorter.
 * Keys that fail keep their time, except where they wait for a limiter that is not theirs any more. Returns the states
 * that changed.
 * @param withOtherLimiter base URLs whose keys count against another limiter from now on.
 */
export function bringForward(
  store: Store,
  entries: readonly PolledKey[],
  withOtherLimiter: ReadonlySet<string> = new Set(),
): readonly CheckState[] {
  const late = entries.flatMap(({ key, state, intervalMs, account }) => {
    const { dueAt, checkedAt } = state;
    const isOver = state.failure?.class === 'rate-limited' && withOtherLimiter.has(key.baseUrl);
    const failure = isOver ? undefined : state.failure;
    // The key's account is asked instead.
    if (account || dueAt === NEVER_DUE) return [];
    if (dueAt === undefined || checkedAt === undefined || failure) return [];
    return checkedAt + intervalMs < dueAt ? [{ ...state, dueAt: checkedAt + intervalMs }] : [];
  });
  if (late.length === 0) return [];
  return store.transaction(() => {
    for (const { keyId, dueAt } of late) store.states.setDue(keyId, dueAt);
    return late;
  });
}
