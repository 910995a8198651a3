import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';

/** How agents call a key, and find it again. */
export interface Naming {
  nameOf(key: Pick<KeyState, 'id' | 'label'>): string;
  find(keys: readonly KeyState[], name: string): KeyState | undefined;
}

const MARK = 'alias';
/** A number that outlives the keys it was given to, kept where chores keep theirs. */
const LAST_ALIAS = 'last-alias';

/** The user's own names, for users who allow them. An alias is understood as well. */
export function ownNames(aliases: ReadonlyMap<string, string>): Naming {
  const other = aliasNames(aliases);
  return {
    nameOf: ({ label }) => label,
    find: (keys, name) => keys.find(({ label }) => fold(label) === fold(name)) ?? other.find(keys, name),
  };
}

/** `key 1`, `key 2`…: they tell nothing, and stay with their keys. */
export function aliasNames(aliases: ReadonlyMap<string, string>): Naming {
  const nameOf = ({ id }: Pick<KeyState, 'id'>) => aliases.get(id) ?? 'key';
  return { nameOf, find: (keys, name) => keys.find(key => fold(nameOf(key)) === fold(name)) };
}

/**
 * The alias of each key; one that has none yet gets the next, for all windows and for good. Nothing is written where
 * all have one, so that an agent is answered while another program keeps the database locked.
 */
export function aliasesOf(store: Store, keys: readonly KeyState[]): ReadonlyMap<string, string> {
  const given = store.view(() => {
    const numbers = givenNumbers(store, keys);
    // The highest is written down with the first of them; a version before this one did not.
    const isWritten = Math.max(0, ...numbers.values()) <= store.maintenance.doneAt(LAST_ALIAS);
    return isWritten && [...numbers.values()].every(number => number > 0) ? numbers : undefined;
  });
  const numbers = given ?? store.transaction(() => numberedAll(store, keys));
  return new Map(
    [...numbers].filter(([, number]) => number > 0).map(([id, number]) => [id, `key ${number}`]),
  );
}

/** The numbers of keys by id; 0 for one that has none. */
function givenNumbers(store: Store, keys: readonly KeyState[]): Map<string, number> {
  const marks = store.fired.allFired();
  return new Map(keys.map(({ id }) => [id, Number(marks.get(id)?.get(MARK) ?? 0)]));
}

/** Numbers those that have none. Called inside a transaction. */
function numberedAll(store: Store, keys: readonly KeyState[]): Map<string, number> {
  const numbers = givenNumbers(store, keys);
  // The highest that was ever given: a key that is gone must not be taken for the next one.
  let last = Math.max(store.maintenance.doneAt(LAST_ALIAS), ...numbers.values());
  const known = new Set(store.keys.allKeys().map(({ id }) => id));
  for (const [id, number] of numbers) {
    // A key that another window removed a moment ago has no row to mark, and so no number that could stay with it.
    if (number > 0 || !known.has(id)) continue;
    last += 1;
    numbers.set(id, last);
    store.fired.saveFired(id, MARK, String(last));
  }
  if (last > store.maintenance.doneAt(LAST_ALIAS)) store.maintenance.markDone(LAST_ALIAS, last);
  return numbers;
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
