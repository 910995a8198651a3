import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import { isCheckedSeldom } from '../../core/quota/failure.ts';
import type { PolledKey } from './polledKey.ts';

/**
 * Takes the backoff of transient failures away, after a sleep or when the window gets focus: the network is likely
 * another one. Final and doubted failures keep their time, and where a gateway asked for a pause, the request budget
 * holds the key all the same. Returns the states that changed.
 */
export function resetBackoff(store: Store, entries: readonly PolledKey[]): readonly CheckState[] {
  const delayed = entries.filter(
    ({ state, intervalMs }) => dueWithoutBackoff(state, intervalMs) < (state.dueAt ?? 0),
  );
  if (delayed.length === 0) return [];
  return store.transaction(() =>
    delayed.flatMap(({ key, state, intervalMs }) => {
      // Another window may have checked it meanwhile.
      if (store.states.stateOf(key.id)?.checkedAt !== state.checkedAt) return [];
      const dueAt = dueWithoutBackoff(state, intervalMs);
      store.states.setDue(key.id, dueAt);
      return [{ ...state, dueAt }];
    }),
  );
}

function dueWithoutBackoff({ failure, failures, checkedAt }: CheckState, intervalMs: number): number {
  if (!failure || failure.doubted || isCheckedSeldom(failure, failures) || checkedAt === undefined)
    return Number.POSITIVE_INFINITY;
  return checkedAt + intervalMs;
}
