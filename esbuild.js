import { rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const {
  values: { production, watch, outdir, metafile },
} = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
    // Where to write what went into each file, for tests and for https://esbuild.github.io/analyze
    metafile: { type: 'string' },
  },
});

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

/** One build of undici's parser is enough: the other does the same a little faster, and is as large again. */
const oneParser = {
  name: 'one-parser',
  setup(build) {
    build.onResolve({ filter: /llhttp_simd-wasm\.js$/ }, ({ path, ...from }) =>
      build.resolve(path.replace('llhttp_simd-wasm', 'llhttp-wasm'), from),
    );
  },
};

rmSync(outdir, { recursive: true, force: true });
const common = {
  outdir,
  bundle: true,
  minify: production,
  sourcemap: !production,
  metafile: true,
  // Texts are full of quotes and dots that ASCII has no sign for.
  charset: 'utf8',
  logLevel: 'warning',
  plugins: watch ? [progress] : [],
};
const contexts = await Promise.all([
  esbuild.context({
    ...common,
    entryPoints: { extension: 'src/extension.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[name]-[hash]',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    legalComments: 'none',
    // Undici's own word for being bundled, as Node bundles it: without its experimental second parser.
    define: { esbuildDetection: '"bundled"' },
    plugins: [...common.plugins, oneParser],
  }),
  // What runs in webviews. Its libraries' licences want to be named, in a file beside it.
  esbuild.context({
    ...common,
    entryPoints: [
      { in: 'src/panel/main.ts', out: 'panel' },
      { in: 'src/panel/panel.css', out: 'panel' },
    ],
    format: 'iife',
    platform: 'browser',
    target: 'chrome138',
    legalComments: 'linked',
  }),
]);
if (watch) await Promise.all(contexts.map(context => context.watch()));
else {
  const [extension] = await Promise.all(contexts.map(context => context.rebuild()));
  if (metafile) writeFileSync(metafile, JSON.stringify(extension.metafile));
  await Promise.all(contexts.map(context => context.dispose()));
}
