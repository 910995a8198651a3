import { addressOf } from '../input/baseUrl.ts';
import type { KeyRecord } from './key.ts';

type Named = Pick<KeyRecord, 'label' | 'baseUrl'>;

/**
 * Keys for a document in which each name stands for one of them: where several have the same, the address of their gateway
 * is added, and a number where that is the same too.
 */
export function withUniqueNames<Key extends Named>(keys: readonly Key[]): readonly Key[] {
  const byAddress = renamed(keys, ({ label, baseUrl }) => `${label} (${addressOf(baseUrl)})`);
  const taken = new Set(byAddress.map(({ label }) => label));
  return renamed(byAddress, ({ label }, at) => {
    let number = at + 1;
    // A person may have given a key just this name.
    while (taken.has(`${label} ${number}`)) number++;
    const name = `${label} ${number}`;
    taken.add(name);
    return name;
  });
}

/** Gives keys of the same name another one, by their place among them. */
function renamed<Key extends Named>(
  keys: readonly Key[],
  nameOf: (key: Key, at: number) => string,
): readonly Key[] {
  const namesakes = Map.groupBy(keys, ({ label }) => label);
  return keys.map(key => {
    const same = namesakes.get(key.label) ?? [];
    return same.length === 1 ? key : { ...key, label: nameOf(key, same.indexOf(key)) };
  });
}
