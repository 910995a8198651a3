import { noteChangeAt, withNextChange } from './nextChange.ts';

interface Made<Value> {
  readonly since: number;
  readonly until: number;
  readonly value: Value;
}

/**
 * Makes a value of a snapshot once, and anew when time alone changes it: all views want the same, and each is drawn often.
 * `now` is in epoch milliseconds.
 */
export function madeOnce<Snapshot extends object, Value>(
  make: (snapshot: Snapshot, now: number) => Value,
): (snapshot: Snapshot, now: number) => Value {
  const known = new WeakMap<Snapshot, Made<Value>>();
  return (snapshot, now) => {
    const made = known.get(snapshot);
    if (made && made.since <= now && now < made.until) {
      noteChangeAt(made.until);
      return made.value;
    }
    const { value, until } = withNextChange(() => make(snapshot, now));
    known.set(snapshot, { since: now, until, value });
    return value;
  };
}
