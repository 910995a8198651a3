import type { Store } from '../../core/ports/store.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import { isLasting } from '../../core/quota/failure.ts';
import type { PolledKey } from './polledKey.ts';

/**
 * After a sleep, or when a person comes back, the network is most likely another one, and what a page in the
 * way or a gateway in trouble said means nothing any more: checks that a failure has put off are due as after a
 * good one. Lasting failures are no matter of the network, a doubted one wants its time, and where a gateway asked us to wait, the request budget holds
 * the key all the same. Returns the states that changed.
 */
export function resetBackoff(store: Store, entries: readonly PolledKey[]): readonly CheckState[] {
  const putOff = entries.filter(({ state, intervalMs }) => dueAnyway(state, intervalMs) < (state.dueAt ?? 0));
  if (putOff.length === 0) return [];
  return store.transaction(() =>
    putOff.flatMap(({ key, state, intervalMs }) => {
      // Another window may have asked meanwhile.
      if (store.states.of(key.id)?.checkedAt !== state.checkedAt) return [];
      const dueAt = dueAnyway(state, intervalMs);
      store.states.setDue(key.id, dueAt);
      return [{ ...state, dueAt }];
    }),
  );
}

function dueAnyway({ failure, checkedAt }: CheckState, intervalMs: number): number {
  if (!failure || failure.doubted || isLasting(failure) || checkedAt === undefined)
    return Number.POSITIVE_INFINITY;
  return checkedAt + intervalMs;
}
