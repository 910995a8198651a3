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

/** The alias of each key; one that has none yet gets the next, for all windows and for good. */
export function aliasesOf(store: Store, keys: readonly KeyState[]): ReadonlyMap<string, string> {
  return store.transaction(() => {
    const marks = store.fired.allFired();
    const numbers = new Map(keys.map(({ id }) => [id, Number(marks.get(id)?.get(MARK) ?? 0)]));
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
    return new Map(
      [...numbers].filter(([, number]) => number > 0).map(([id, number]) => [id, `key ${number}`]),
    );
  });
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
