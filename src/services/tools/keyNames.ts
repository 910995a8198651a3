import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';

/** The names that agents know keys by. `findKey` ignores case. */
export interface KeyNames {
  nameOf(key: Pick<KeyState, 'id' | 'label'>): string;
  findKey(keys: readonly KeyState[], name: string): KeyState | undefined;
}

/** Names are the user's labels, where the user allows it; aliases are understood too. */
export function labelNames(aliases: ReadonlyMap<string, string>): KeyNames {
  const byAlias = aliasNames(aliases);
  return {
    nameOf: ({ label }) => label,
    findKey: (keys, name) =>
      keys.find(({ label }) => normalizeName(label) === normalizeName(name)) ?? byAlias.findKey(keys, name),
  };
}

/** Names are the aliases, `key 1`, `key 2`…, which say nothing and stay with their keys. */
export function aliasNames(aliases: ReadonlyMap<string, string>): KeyNames {
  const nameOf = ({ id }: Pick<KeyState, 'id'>) => aliases.get(id) ?? 'key';
  return {
    nameOf,
    findKey: (keys, name) => keys.find(key => normalizeName(nameOf(key)) === normalizeName(name)),
  };
}

/**
 * The alias of each key by its id; keys without one get the next number, for all windows and for good. Where
 * all have one nothing is written, so that agents are answered while the database is locked.
 */
export function assignAliases(store: Store, keys: readonly KeyState[]): ReadonlyMap<string, string> {
  const assigned = store.aliases.allAliases();
  const hasAll = keys.every(({ id }) => assigned.has(id));
  const numbers = hasAll ? assigned : store.transaction(() => assignMissingNumbers(store, keys));
  return aliasesOf(numbers);
}

/** The same where nothing can be written: keys without a number have the next ones, as they would get them. */
export function readAliases(store: Store, keys: readonly KeyState[]): ReadonlyMap<string, string> {
  const numbers = store.aliases.allAliases();
  let last = Math.max(0, ...numbers.values());
  for (const { id } of keys) if (!numbers.has(id)) numbers.set(id, ++last);
  return aliasesOf(numbers);
}

function aliasesOf(numbers: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  return new Map([...numbers].map(([id, number]) => [id, `key ${number}`]));
}

/** Assigns numbers to keys without one. Called inside a transaction. */
function assignMissingNumbers(store: Store, keys: readonly KeyState[]): ReadonlyMap<string, number> {
  const numbers = store.aliases.allAliases();
  const existingIds = new Set(store.keys.allKeys().map(({ id }) => id));
  // A key that another window has just removed has no row to store a number in.
  for (const { id } of keys)
    if (!numbers.has(id) && existingIds.has(id)) numbers.set(id, store.aliases.addAlias(id));
  return numbers;
}

function normalizeName(name: string): string {
  return name.trim().toLowerCase();
}
