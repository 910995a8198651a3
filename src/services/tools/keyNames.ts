import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';

/** How agents call a key, and find it again. */
export interface KeyNames {
  nameOf(key: Pick<KeyState, 'id' | 'label'>): string;
  findKey(keys: readonly KeyState[], name: string): KeyState | undefined;
}

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
  const assigned = store.aliases.allAliases();
  const hasAll = keys.every(({ id }) => assigned.has(id));
  const numbers = hasAll ? assigned : store.transaction(() => assignMissingNumbers(store, keys));
  return new Map([...numbers].map(([id, number]) => [id, `key ${number}`]));
}

/** Numbers those that have none. Called inside a transaction. */
function assignMissingNumbers(store: Store, keys: readonly KeyState[]): ReadonlyMap<string, number> {
  const numbers = store.aliases.allAliases();
  const existingIds = new Set(store.keys.allKeys().map(({ id }) => id));
  // A key that another window removed a moment ago has no row that its number could stay with.
  for (const { id } of keys)
    if (!numbers.has(id) && existingIds.has(id)) numbers.set(id, store.aliases.addAlias(id));
  return numbers;
}

function normalizeName(name: string): string {
  return name.trim().toLowerCase();
}
