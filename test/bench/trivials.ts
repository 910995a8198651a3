import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packFolder } from './pack.ts';

export const TRIVIAL = 'key-quota.trivial';
/** A second one, since the first extension of a host also pays for what VS Code loads for any. */
export const FIRST = 'key-quota.first';

const source = join(import.meta.dirname, 'trivial');

/** Packs them, to be installed as the product is; returns the packages. */
export function packTrivials(parent: string): Promise<string[]> {
  return Promise.all(['trivial', 'first'].map(name => packTrivial(parent, name)));
}

/** The trivial extension under a name. */
async function packTrivial(parent: string, name: string): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder);
  for (const file of ['package.json', 'extension.js']) {
    const text = await readFile(join(source, file), 'utf8');
    await writeFile(join(folder, file), text.replaceAll('trivial', name));
  }
  const vsix = join(parent, `${name}.vsix`);
  await packFolder(folder, vsix);
  return vsix;
}
