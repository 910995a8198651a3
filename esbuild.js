import { rmSync } from 'node:fs';
import * as esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Tells VS Code's problem matcher when a build begins and ends. */
const progress = {
  name: 'progress',
  setup(build) {
    build.onStart(() => process.stdout.write('[watch] build started\n'));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        process.stderr.write(`✘ [ERROR] ${text}\n`);
        if (location) process.stderr.write(`    ${location.file}:${location.line}:${location.column}:\n`);
      }
      process.stdout.write('[watch] build finished\n');
    });
  },
};

rmSync('dist', { recursive: true, force: true });
const context = await esbuild.context({
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  splitting: true,
  chunkNames: 'chunk-[name]-[hash]',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: watch ? [progress] : [],
});
if (watch) await context.watch();
else {
  await context.rebuild();
  await context.dispose();
}
