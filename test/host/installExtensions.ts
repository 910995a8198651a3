import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts extensions where a VS Code that was never started before looks for them. They are linked, not
 * copied: a window that is reloaded runs what was built last.
 */
export async function installExtensions(folder: string, extensions: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const extension of extensions) {
    const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8')) as {
      publisher: string;
      name: string;
      version: string;
    };
    const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`;
    // Windows lets everyone make junctions, and few make symbolic links.
    await symlink(extension, join(folder, name), 'junction');
  }
}
