import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeServer } from './codeServer.ts';
import { run } from './run.ts';

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

/** Installs packages (`.vsix`) with VS Code's own command line, which unpacks them. */
export async function installPackages(
  codeServer: CodeServer,
  dataFolder: string,
  packages: readonly string[],
): Promise<void> {
  for (const file of packages) {
    const where = ['--server-data-dir', dataFolder, '--accept-server-license-terms'];
    await run(process.execPath, [codeServer.main, '--install-extension', file, ...where]);
  }
}
