import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { recompress } from '../../build/recompress.ts';
import project from '../../package.json' with { type: 'json' };
import { cacheFolder } from '../host/cache.ts';
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';

/** Builds and packs as `npm run package` does, into this file. */
export async function packProduct(vsix: string): Promise<void> {
  await run(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
  await pack(projectRoot, vsix, scriptOptions());
  await recompress(vsix, join(cacheFolder(), 'recompressed'));
}

/** Packs the extension in a folder that holds nothing else. */
export async function packFolder(folder: string, vsix: string): Promise<void> {
  await pack(folder, vsix, ['--no-dependencies', '--allow-missing-repository', '--skip-license']);
}

async function pack(folder: string, vsix: string, options: readonly string[]): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('@vscode/vsce/package.json');
  const vsce = join(dirname(manifest), 'vsce');
  await run(process.execPath, [vsce, 'package', ...options, '--out', vsix], { cwd: folder });
}

/** Those of the script, whatever they become. */
function scriptOptions(): string[] {
  const options = / vsce package (.+) --out /.exec(project.scripts.package)?.[1];
  if (!options) throw new Error('The script “package” packs in another way now.');
  return options.split(' ');
}
