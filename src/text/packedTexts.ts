import { textKey } from './textKey.ts';

/**
 * The translations of one language as the package has them: without the English messages, which the code has already
 * and which are as long again. `build/packTexts.ts` writes it.
 */
export interface PackedTexts {
  /** The seed with which all numbers of this file differ: see `textKey`. */
  readonly seed: number;
  /** The numbers of the English messages in ascending order, each as the distance from the one before. */
  readonly keys: readonly number[];
  /** The translations in the same order. */
  readonly texts: readonly string[];
}

/** The bundle of our language as VS Code returns it; empty for English. */
export type Bundle = Readonly<Record<string, unknown>>;

/** The packed texts of a bundle, which has them under an empty name, beside the few that VS Code itself looks up. */
export function packedTextsOf(bundle: Bundle | undefined): PackedTexts | undefined {
  return bundle?.[''] as PackedTexts | undefined;
}

/** Translations by the English message, each looked for once. */
export function unpackTexts(packed: PackedTexts | undefined): Readonly<Record<string, string>> {
  if (!packed) return {};
  const { seed, keys, texts } = packed;
  const byKey = new Map<number, string>();
  let key = 0;
  for (const [index, distance] of keys.entries()) {
    key += distance;
    byKey.set(key, texts[index] ?? '');
  }
  return new Proxy<Record<string, string | undefined>>(Object.create(null), {
    get(found, message) {
      if (typeof message !== 'string') return undefined;
      if (!(message in found)) found[message] = byKey.get(textKey(message, seed));
      return found[message];
    },
  }) as Readonly<Record<string, string>>;
}
