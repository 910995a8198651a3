import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../l10n/bundles.ts';

/** What VS Code calls these languages in their own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  'zh-cn': '中文(简体)',
  'zh-tw': '中文(繁體)',
  ja: '日本語',
};

/**
 * Puts our languages among the display languages of a VS Code, as the installation of language packs does. The packs
 * are empty: the product speaks a language once it is chosen, and VS Code's own words stay English.
 */
export async function offerLanguages(dataFolder: string): Promise<void> {
  const userData = join(dataFolder, 'data');
  await mkdir(userData, { recursive: true });
  const packs = await Promise.all(
    LANGUAGES.map(async language => [language, await pack(language, userData)]),
  );
  await writeFile(join(userData, 'languagepacks.json'), JSON.stringify(Object.fromEntries(packs)));
}

async function pack(language: Language, userData: string): Promise<object> {
  const translations = join(userData, `${language}.json`);
  await writeFile(translations, JSON.stringify({ contents: {} }));
  return {
    hash: `empty ${language}`,
    label: LANGUAGE_NAMES[language],
    extensions: [{ extensionIdentifier: { id: `key-quota.${language}` }, version: '0.0.1' }],
    translations: { vscode: translations },
  };
}
