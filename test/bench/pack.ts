import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';

/** Builds and packs as `npm run package` does, into this file. */
export async function packProduct(vsix: string): Promise<void> {
  await run(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
  await run(process.execPath, [join('build', 'package.ts'), '--out', vsix], { cwd: projectRoot });
}

/** Packs the extension in a folder that holds nothing else. */
export async function packFolder(folder: string, vsix: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('@vscode/vsce/package.json');
  const vsce = join(dirname(manifest), 'vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await run(process.execPath, [vsce, 'package', ...options, '--out', vsix], { cwd: folder });
}
