import type { Language } from './bundles.ts';

/**
 * The encoding that has the Han characters of a language and not those of the others, and where its second byte begins:
 * GB 2312, Big5, JIS X 0208.
 */
const ENCODINGS: Readonly<Record<Language, readonly [label: string, from: number]>> = {
  'zh-cn': ['gbk', 0xa1],
  'zh-tw': ['big5', 0x40],
  ja: ['euc-jp', 0xa1],
};
const FIRST = 0xa1;
const LAST = 0xfe;

/** The Han characters that a language is written in, with the other two-byte characters of its encoding. */
export function charactersOf(language: Language): ReadonlySet<string> {
  const [label, from] = ENCODINGS[language];
  const decoder = new TextDecoder(label);
  const characters = new Set<string>();
  for (let high = FIRST; high <= LAST; high++)
    for (let low = from; low <= LAST; low++) characters.add(decoder.decode(Uint8Array.of(high, low)));
  return characters;
}
