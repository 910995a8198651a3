import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PackedKeys, PackedTexts } from '../src/text/packedTexts.ts';
import { textKey } from '../src/text/textKey.ts';

type Translations = Readonly<Record<string, string>>;

/** The first file looks its texts up by VS Code's own `l10n.t`, which knows them by the whole message. */
const FIRST_FILE = 'src/vscode/extension.ts';

/** More seeds than this are tried only where there are so many texts that keys need more bits. */
const MOST_SEEDS = 10_000;

/**
 * Writes the translations as the package has them: a file with the keys of all messages, and one with the texts of each
 * language, for `src/vscode/host/packedTexts.ts`.
 */
export function packTexts(outdir: string): void {
  const folder = join(outdir, 'l10n');
  mkdirSync(folder, { recursive: true });
  const first = readFileSync(FIRST_FILE, 'utf8');
  const languages = globSync('l10n/bundle.l10n.*.json').map(
    file => [file, JSON.parse(readFileSync(file, 'utf8')) as Translations] as const,
  );
  const messages = inOrder(languages.map(([, translations]) => translations));
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(packedKeys(messages)));
  for (const [file, translations] of languages) {
    const whole = Object.entries(translations).filter(([message]) => first.includes(`'${message}'`));
    const texts = textsOf(messages, translations);
    writeFileSync(join(folder, basename(file)), JSON.stringify({ '': texts, ...Object.fromEntries(whole) }));
  }
}

/** What a page is told of one language. */
export function packed(translations: Translations): PackedTexts {
  const messages = Object.keys(translations);
  return { ...packedKeys(messages), texts: textsOf(messages, translations) };
}

/** The messages of all languages, by how their texts end in one: like ones beside each other compress best. */
function inOrder(languages: readonly Translations[]): readonly string[] {
  const messages = [...new Set(languages.flatMap(translations => Object.keys(translations)))];
  const ending = new Map(messages.map(message => [message, endingOf(languages[0]?.[message] ?? message)]));
  return messages.toSorted((a, b) => ((ending.get(a) ?? '') < (ending.get(b) ?? '') ? -1 : 1));
}

function endingOf(text: string): string {
  return [...text].toReversed().join('');
}

/** A message without a translation stays English. */
function textsOf(messages: readonly string[], translations: Translations): PackedTexts['texts'] {
  return messages.map(message => translations[message] ?? null);
}

function packedKeys(messages: readonly string[]): PackedKeys {
  for (let seed = 0; seed < MOST_SEEDS; seed++) {
    const keys = messages.map(message => textKey(message, seed));
    if (new Set(keys).size === messages.length) return { seed, keys: keys.join('') };
  }
  throw new Error('Two messages share a key whatever the seed: give `textKey` more signs.');
}
