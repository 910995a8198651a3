import type { KeyState } from '../quota/keyState.ts';
import type { Store } from '../store/store.ts';

/** How agents call a key, and find it again. */
export interface Naming {
  nameOf(key: Pick<KeyState, 'id' | 'label'>): string;
  find(keys: readonly KeyState[], name: string): KeyState | undefined;
}

const MARK = 'alias';

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
    const marks = store.marks.all();
    const numbers = new Map(keys.map(({ id }) => [id, Number(marks.get(id)?.get(MARK) ?? 0)]));
    let last = Math.max(0, ...numbers.values());
    const known = new Set(store.keys.all().map(({ id }) => id));
    for (const [id, number] of numbers) {
      if (number > 0) continue;
      last += 1;
      numbers.set(id, last);
      // A key that another window removed a moment ago has no row to mark.
      if (known.has(id)) store.marks.put(id, MARK, String(last));
    }
    return new Map([...numbers].map(([id, number]) => [id, `key ${number}`]));
  });
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
