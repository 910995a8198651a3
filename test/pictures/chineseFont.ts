import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canUnpackPackages, unpackPackages } from '../host/apt.ts';
import type { FoundBrowser } from '../host/browser.ts';
import { cached } from '../host/cache.ts';
import { step } from '../host/progress.ts';
import { run } from '../host/run.ts';

/** A font for Chinese, and for what Japanese adds to it. */
const PACKAGE = 'fonts-wqy-zenhei';

/**
 * The same browser with a font for Chinese, fetched where a Linux has none. What the browser needs for it goes into a
 * folder that is kept as long as the browser runs.
 */
export async function withChineseFont(browser: FoundBrowser, folder: string): Promise<FoundBrowser> {
  if (process.platform !== 'linux' || (await hasChineseFont())) return browser;
  const fonts = await fetchFont().catch((error: unknown) => String(error));
  if (typeof fonts === 'string') {
    step(`Chinese and Japanese characters will be boxes, since there is no font for them here: ${fonts}`);
    return browser;
  }
  const file = join(folder, 'fonts', 'fonts.conf');
  await mkdir(join(folder, 'fonts'), { recursive: true });
  await writeFile(file, withFonts(browser.env.FONTCONFIG_FILE ?? '/etc/fonts/fonts.conf', fonts.folder));
  return { ...browser, env: { ...browser.env, FONTCONFIG_FILE: file } };
}

/** Whether fontconfig knows one; not, where there is no fontconfig to ask. */
async function hasChineseFont(): Promise<boolean> {
  const found = await run('fc-list', [':lang=zh-cn', 'family']).catch(() => '');
  return found.trim() !== '';
}

async function fetchFont(): Promise<{ readonly folder: string }> {
  if (!(await canUnpackPackages())) throw new Error(`install ${PACKAGE} or another one.`);
  const folder = await cached(`${PACKAGE}-1`, staging => unpackPackages([PACKAGE], staging));
  return { folder: join(folder, 'usr/share/fonts') };
}

/** A fontconfig file that adds a folder of fonts to what another file says. */
function withFonts(file: string, folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">${file}</include>
  <dir>${folder}</dir>
</fontconfig>
`;
}
