import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

type Texts = Readonly<Record<string, string>>;

/** The language of the messages in the code, and of `package.nls.json`. */
const SOURCE_LANGUAGE = 'en';

/**
 * Writes the walkthrough's pictures in each language, from `media/walkthrough/`. They are drawn by the colors of the
 * theme, so that one picture does for all themes; VS Code finds the one of the language by the texts of the manifest.
 */
export function writeWalkthroughPictures(outdir: string): void {
  const folder = join(outdir, 'walkthrough');
  mkdirSync(folder, { recursive: true });
  const languages = globSync('l10n/bundle.l10n.*.json').map(file => basename(file).split('.')[2] ?? '');
  for (const language of [SOURCE_LANGUAGE, ...languages]) {
    const isSource = language === SOURCE_LANGUAGE;
    const ofManifest = textsIn(isSource ? 'package.nls.json' : `package.nls.${language}.json`);
    const ofCode = isSource ? undefined : textsIn(`l10n/bundle.l10n.${language}.json`);
    for (const file of globSync('media/walkthrough/*.svg')) {
      const picture = inLanguage(readFileSync(file, 'utf8'), ofManifest, ofCode);
      writeFileSync(join(folder, `${basename(file, '.svg')}.${language}.svg`), picture);
    }
  }
}

/**
 * A picture with its texts in a language: `{{message|argument|…}}` is a message of the code with what stands in its
 * holes, `%name%` a text of the manifest.
 *
 * @param ofCode translations by the English message; undefined in English.
 */
export function inLanguage(picture: string, ofManifest: Texts, ofCode: Texts | undefined): string {
  return picture
    .replaceAll(/\{\{(.+?)\}\}(?!\})/g, (_, inside: string) => {
      const [message = '', ...args] = inside.split('|');
      const text = ofCode === undefined ? message : textOf(ofCode, message);
      return escaped(text.replaceAll(/\{(\d)\}/g, (_hole, index: string) => args[Number(index)] ?? ''));
    })
    .replaceAll(/%([\w.]+)%/g, (_, name: string) => escaped(textOf(ofManifest, name)))
    .replaceAll(/>\s+</g, '><');
}

function textOf(texts: Texts, key: string): string {
  const text = texts[key];
  if (text === undefined)
    throw new Error(`A picture of the walkthrough has a text without translation: ${key}`);
  return text;
}

function textsIn(file: string): Texts {
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
