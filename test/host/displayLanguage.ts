import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LANGUAGE = 'zh-cn';

/**
 * Puts Chinese among the display languages of a VS Code, as the installation of a language pack does. The
 * pack is empty: the product speaks Chinese once it is chosen, and VS Code's own words stay English.
 */
export async function offerChinese(dataFolder: string): Promise<void> {
  const userData = join(dataFolder, 'data');
  const translations = join(userData, `${LANGUAGE}.json`);
  await mkdir(userData, { recursive: true });
  await writeFile(translations, JSON.stringify({ contents: {} }));
  const pack = {
    hash: 'empty',
    label: '中文(简体)',
    extensions: [{ extensionIdentifier: { id: 'key-quota.chinese' }, version: '0.0.1' }],
    translations: { vscode: translations },
  };
  await writeFile(join(userData, 'languagepacks.json'), JSON.stringify({ [LANGUAGE]: pack }));
}
