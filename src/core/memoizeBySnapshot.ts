import { noteChangeAt, withNextChange } from './nextChange.ts';

interface Memoized<Value> {
  readonly since: number;
  readonly until: number;
  readonly value: Value;
}

/**
 * Memoizes what `make` returns for a snapshot, until time alone changes it: all views want the same, and each is drawn often.
 * `now` is in epoch milliseconds.
 */
export function memoizeBySnapshot<Snapshot extends object, Value>(
  make: (snapshot: Snapshot, now: number) => Value,
): (snapshot: Snapshot, now: number) => Value {
  const cache = new WeakMap<Snapshot, Memoized<Value>>();
  return (snapshot, now) => {
    const memoized = cache.get(snapshot);
    if (memoized && memoized.since <= now && now < memoized.until) {
      noteChangeAt(memoized.until);
      return memoized.value;
    }
    const { value, until } = withNextChange(() => make(snapshot, now));
    cache.set(snapshot, { since: now, until, value });
    return value;
  };
}
