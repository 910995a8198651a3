import { KEY_SIGNS, textKey } from './textKey.ts';

/**
 * The English messages as the package has them beside their translations: each by a short key, since the code has them
 * already, and they are as long again. `build/packTexts.ts` writes them, once for all languages.
 */
export interface PackedKeys {
  /** The seed with which all keys differ: see `textKey`. */
  readonly seed: number;
  /** The keys, one after the other. */
  readonly keys: string;
}

/** Translations into one language. */
export interface PackedTexts extends PackedKeys {
  /** In the order of the keys. */
  readonly texts: readonly (string | null)[];
}

/** Translations by the English message, each looked for once. */
export function unpackTexts(packed: PackedTexts | undefined): Readonly<Record<string, string>> {
  if (!packed) return {};
  const { seed, keys, texts } = packed;
  const byKey = new Map(
    texts.map((text, index) => [keys.slice(index * KEY_SIGNS, (index + 1) * KEY_SIGNS), text ?? undefined]),
  );
  return new Proxy<Record<string, string | undefined>>(Object.create(null), {
    get(found, message) {
      if (typeof message !== 'string') return undefined;
      if (!(message in found)) found[message] = byKey.get(textKey(message, seed));
      return found[message];
    },
  }) as Readonly<Record<string, string>>;
}
