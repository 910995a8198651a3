import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './project.ts';

/**
 * Compiles test/vscode for the extension host and returns its entry point. The Node in desktop VS Code
 * need not know TypeScript, and both VS Codes run the same files.
 */
export async function bundleSuite(): Promise<string> {
  const sources = join(projectRoot, 'test', 'vscode');
  const output = join(projectRoot, 'dist', 'test');
  // A test that was deleted must not stay behind as a compiled file.
  await rm(output, { recursive: true, force: true });
  const tests = (await readdir(sources)).filter(name => name.endsWith('.test.ts'));
  await build({
    entryPoints: ['index.ts', ...tests].map(name => join(sources, name)),
    outdir: output,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What several test files import stays one module, with one state.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(output, 'index.mjs');
}
