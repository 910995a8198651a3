import { baseUrlOf } from '../input/baseUrl.ts';
import { domainAndPathOf } from '../quota/accountOfKey.ts';
import type { KeyState } from '../quota/keyState.ts';

/**
 * The labels of keys that may be one, entered for two addresses of one server (`api.` and `www.`): its gateway calls
 * both the same and gives them the same limit. Their secrets are not at hand to compare.
 */
export function countedTwice(keys: readonly KeyState[]): readonly string[] {
  const alike = Map.groupBy(keys, likenessOf);
  alike.delete(undefined);
  const twice = new Set([...alike.values()].filter(isAtTwoAddresses).flat());
  return keys.filter(key => twice.has(key)).map(({ label }) => label);
}

/** By state, which is the same object for as long as nothing of its key changes. */
const likenesses = new WeakMap<KeyState, string>();

/** What keys have in common that may be one; undefined for a key without a name at its gateway. */
function likenessOf(key: KeyState): string | undefined {
  const { reading } = key;
  const name = reading?.name ?? reading?.account?.name;
  // Most have none, and need no place in the memory.
  if (name === undefined) return undefined;
  const text = likenesses.get(key) ?? likeness(key, name);
  likenesses.set(key, text);
  return text;
}

function likeness(key: KeyState, name: string): string {
  const { kind, credential, reading } = key;
  const { unlimited, granted } = reading?.quota ?? {};
  return JSON.stringify([kind, domainAndPathOf(baseUrlOf(key)), credential, name, unlimited, granted]);
}

function isAtTwoAddresses(keys: readonly KeyState[]): boolean {
  return new Set(keys.map(baseUrlOf)).size > 1;
}
