import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import project from '../../package.json' with { type: 'json' };
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';
import { codeSize } from './codeSize.ts';
import type { Measure } from './measure.ts';

const KB = 1000;

/** What people wait for, and what they download. */
export const size: Measure = {
  name: 'size',
  title: 'the production build',
  async run() {
    const { atActivation } = await codeSize();
    return [
      { what: 'code loaded at activation, minified', value: atActivation / KB, bound: 60, unit: 'KB' },
      { what: 'package', value: (await packageSize()) / KB, bound: 400, unit: 'KB' },
    ];
  },
};

/** Builds and packs as `npm run package` does, into a folder of its own; in bytes. */
async function packageSize(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'key-quota-package-'));
  try {
    await run(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
    const vsix = join(folder, 'key-quota.vsix');
    const manifest = createRequire(import.meta.url).resolve('@vscode/vsce/package.json');
    const vsce = join(dirname(manifest), 'vsce');
    await run(process.execPath, [vsce, 'package', ...packOptions(), '--out', vsix], { cwd: projectRoot });
    return (await stat(vsix)).size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Those of the script, whatever they become. */
function packOptions(): string[] {
  const options = / vsce package (.+) --out /.exec(project.scripts.package)?.[1];
  if (!options) throw new Error('The script “package” packs in another way now.');
  return options.split(' ');
}
