import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './project.ts';

/** Puts the product's manifest into a folder, with these changes, and the texts that it names. */
export async function putManifest(folder: string, changes: Record<string, unknown>): Promise<void> {
  const read = (name: string) => readFile(join(projectRoot, name), 'utf8');
  const manifest = JSON.parse(await read('package.json')) as object;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...changes }));
  const texts = 'package.nls.json';
  await writeFile(join(folder, texts), await read(texts));
}
