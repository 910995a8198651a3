import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';

/** How agents call a key, and find it again. */
export interface KeyNames {
  nameOf(key: Pick<KeyState, 'id' | 'label'>): string;
  findKey(keys: readonly KeyState[], name: string): KeyState | undefined;
}

const ALIAS_MARK = 'alias';
/** A number that outlives the keys it was given to, kept where chores keep theirs. */
const LAST_ALIAS = 'last-alias';

/** The user's own names, for users who allow them. An alias is understood as well. */
export function labelNames(aliases: ReadonlyMap<string, string>): KeyNames {
  const byAlias = aliasNames(aliases);
  return {
    nameOf: ({ label }) => label,
    findKey: (keys, name) =>
      keys.find(({ label }) => normalizeName(label) === normalizeName(name)) ?? byAlias.findKey(keys, name),
  };
}

/** `key 1`, `key 2`…: they tell nothing, and stay with their keys. */
export function aliasNames(aliases: ReadonlyMap<string, string>): KeyNames {
  const nameOf = ({ id }: Pick<KeyState, 'id'>) => aliases.get(id) ?? 'key';
  return {
    nameOf,
    findKey: (keys, name) => keys.find(key => normalizeName(nameOf(key)) === normalizeName(name)),
  };
}

/**
 * The alias of each key; one that has none yet gets the next, for all windows and for good. Nothing is written where
 * all have one, so that an agent is answered while another program keeps the database locked.
 */
export function assignAliases(store: Store, keys: readonly KeyState[]): ReadonlyMap<string, string> {
  const assigned = store.view(() => {
    const numbers = aliasNumbers(store, keys);
    // The highest is written down with the first of them; a version before this one did not.
    const isHighestSaved = Math.max(0, ...numbers.values()) <= store.maintenance.doneAt(LAST_ALIAS);
    return isHighestSaved && [...numbers.values()].every(number => number > 0) ? numbers : undefined;
  });
  const numbers = assigned ?? store.transaction(() => assignMissingNumbers(store, keys));
  return new Map(
    [...numbers].filter(([, number]) => number > 0).map(([id, number]) => [id, `key ${number}`]),
  );
}

/** The numbers of keys by id; 0 for one that has none. */
function aliasNumbers(store: Store, keys: readonly KeyState[]): Map<string, number> {
  const marks = store.fired.allFired();
  return new Map(keys.map(({ id }) => [id, Number(marks.get(id)?.get(ALIAS_MARK) ?? 0)]));
}

/** Numbers those that have none. Called inside a transaction. */
function assignMissingNumbers(store: Store, keys: readonly KeyState[]): Map<string, number> {
  const numbers = aliasNumbers(store, keys);
  // The highest that was ever given: a key that is gone must not be taken for the next one.
  let last = Math.max(store.maintenance.doneAt(LAST_ALIAS), ...numbers.values());
  const existingIds = new Set(store.keys.allKeys().map(({ id }) => id));
  for (const [id, number] of numbers) {
    // A key that another window removed a moment ago has no row to mark, and so no number that could stay with it.
    if (number > 0 || !existingIds.has(id)) continue;
    last += 1;
    numbers.set(id, last);
    store.fired.saveFired(id, ALIAS_MARK, String(last));
  }
  if (last > store.maintenance.doneAt(LAST_ALIAS)) store.maintenance.markDone(LAST_ALIAS, last);
  return numbers;
}

function normalizeName(name: string): string {
  return name.trim().toLowerCase();
}
