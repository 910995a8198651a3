import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PackedTexts } from '../src/text/packedTexts.ts';
import { textKey } from '../src/text/textKey.ts';

/** The first file looks its texts up by VS Code's own `l10n.t`, which knows them by the whole message. */
const FIRST_FILE = 'src/vscode/extension.ts';

/** More seeds than this are tried only where there are so many texts that keys need more bits. */
const MOST_SEEDS = 10_000;

/** Writes the translations as the package has them, for `src/text/packedTexts.ts`. */
export function packTexts(outdir: string): void {
  const folder = join(outdir, 'l10n');
  mkdirSync(folder, { recursive: true });
  const first = readFileSync(FIRST_FILE, 'utf8');
  for (const file of globSync('l10n/bundle.l10n.*.json')) {
    const translations = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
    const whole = Object.fromEntries(translations.filter(([message]) => first.includes(`'${message}'`)));
    writeFileSync(join(folder, basename(file)), JSON.stringify({ '': packed(translations), ...whole }));
  }
}

/** Translations with a number in place of each English message. */
export function packed(translations: readonly (readonly [message: string, text: string])[]): PackedTexts {
  for (let seed = 0; seed < MOST_SEEDS; seed++) {
    const byKey = new Map(translations.map(([message, text]) => [textKey(message, seed), text]));
    if (byKey.size < translations.length) continue;
    const sorted = [...byKey].sort(([a], [b]) => a - b);
    const keys = sorted.map(([key], index) => key - (sorted[index - 1]?.[0] ?? 0));
    return { seed, keys, texts: sorted.map(([, text]) => text) };
  }
  throw new Error('Two messages share a number whatever the seed: give `textKey` more bits.');
}
