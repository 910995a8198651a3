import { baseUrlOf } from '../input/baseUrl.ts';
import { domainAndPathOf } from '../quota/accountOfKey.ts';
import type { KeyState } from '../quota/keyState.ts';

/**
 * The labels of keys that may be one, entered for two addresses of one server (`api.` and `www.`): its gateway calls
 * both the same and gives them the same limit. Their secrets are not at hand to compare.
 */
export function countedTwice(keys: readonly KeyState[]): readonly string[] {
  const alike = Map.groupBy(keys, matchKeyOf);
  alike.delete(undefined);
  const twice = new Set([...alike.values()].filter(isAtTwoAddresses).flat());
  return keys.filter(key => twice.has(key)).map(({ label }) => label);
}

/** Cached by state, which is the same object as long as nothing of its key changes. */
const matchKeys = new WeakMap<KeyState, string>();

/** Equal for keys that may be one; undefined for a key without a name at its gateway. */
function matchKeyOf(key: KeyState): string | undefined {
  const { reading } = key;
  const name = reading?.name ?? reading?.account?.name;
  // Most have none, and need no entry in the cache.
  if (name === undefined) return undefined;
  const text = matchKeys.get(key) ?? makeMatchKey(key, name);
  matchKeys.set(key, text);
  return text;
}

function makeMatchKey(key: KeyState, name: string): string {
  const { kind, credential, reading } = key;
  const { unlimited, granted } = reading?.quota ?? {};
  return JSON.stringify([kind, domainAndPathOf(baseUrlOf(key)), credential, name, unlimited, granted]);
}

function isAtTwoAddresses(keys: readonly KeyState[]): boolean {
  return new Set(keys.map(baseUrlOf)).size > 1;
}
