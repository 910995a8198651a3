import type { Store } from '../../core/ports/store.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import type { PolledKey } from './polledKey.ts';

/**
 * Makes keys due one interval after their last check, where they are due later than that: the interval became shorter.
 * Keys that fail keep their time. Returns the states that changed.
 */
export function bringForward(store: Store, entries: readonly PolledKey[]): readonly CheckState[] {
  const late = entries.flatMap(({ state, intervalMs, account }) => {
    const { dueAt, checkedAt, failure } = state;
    // Its account is asked instead.
    if (account) return [];
    if (dueAt === undefined || checkedAt === undefined || failure) return [];
    return checkedAt + intervalMs < dueAt ? [{ ...state, dueAt: checkedAt + intervalMs }] : [];
  });
  if (late.length === 0) return [];
  return store.transaction(() => {
    for (const { keyId, dueAt } of late) store.states.setDue(keyId, dueAt);
    return late;
  });
}
