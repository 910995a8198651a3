import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { builtins } from './build/builtins.js';
import { buildCommandLine } from './build/commandLine.js';
import { mergeChunks } from './build/mergeChunks.js';
import { minifyFurther } from './build/minifyFurther.js';
import { packTexts } from './build/packTexts.ts';
import { slimAge } from './build/slimAge.js';
import { slimUndici } from './build/slimUndici.js';
import { slimYaml } from './build/slimYaml.ts';
import { writeWalkthroughPictures } from './build/walkthroughPictures.ts';

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

/** What the entry imports when it is under way; built beside it, as entries of their own. */
const LATER = { main: 'src/vscode/main.ts', messages: 'src/vscode/host/messages.ts' };

/** What a start loads, one after the other; each is built as one file. */
const MERGED = [
  LATER.main,
  'src/vscode/mainCalls.ts',
  'src/store/historyTables.ts',
  'src/services/polling/check.ts',
  'src/services/polling/recordOutcome.ts',
  'src/vscode/startSpend.ts',
];

/** Leaves those imports to be done at run time. */
const later = {
  name: 'later',
  setup(build) {
    build.onResolve({ filter: /\/(main|messages)\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import'
        ? { path: `./${path.replace(/^.*\/(\w+)\.ts$/, '$1.js')}`, external: true }
        : undefined,
    );
  },
};

rmSync(outdir, { recursive: true, force: true });
packTexts(outdir);
writeWalkthroughPictures(outdir);
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
const inHost = {
  ...common,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  // A library's ES modules before its older forms, some of which hand `require` on, where esbuild cannot follow.
  mainFields: ['module', 'main'],
  // Its build for browsers: the other one loads Node's `fs` by `require`, which modules of the ES kind do not have.
  alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
  legalComments: 'none',
};
/** All that the entry imports, in chunks. */
const modules = {
  ...inHost,
  entryPoints: LATER,
  splitting: true,
  chunkNames: '[name]-[hash]',
  // Undici's own word for being bundled, as Node bundles it: without its experimental second parser.
  define: { esbuildDetection: '"bundled"' },
  plugins: [...common.plugins, builtins, slimUndici, slimYaml],
};

/** The same, with those chunks in one file that a start loads together. */
async function buildMergedModules() {
  const built = await esbuild.build({ ...modules, minify: false, minifySyntax: true, write: false });
  return mergeChunks(built, MERGED, LATER.messages, { ...inHost, plugins: common.plugins });
}

const contexts = await Promise.all([
  // One file without any other, and CommonJS: VS Code waits for each that it loads at its start, and three times
  // as long for a module. And what is loaded without waiting, which only CommonJS can be.
  esbuild.context({
    ...inHost,
    format: 'cjs',
    entryPoints: { extension: 'src/vscode/extension.ts', migrationSteps: 'src/store/migrationSteps.ts' },
    outExtension: { '.js': '.cjs' },
    plugins: [...common.plugins, later],
  }),
  // What runs in a thread of its own.
  esbuild.context({
    ...inHost,
    entryPoints: { passphraseWorker: 'src/vscode/host/passphraseWorker.ts' },
    plugins: [...common.plugins, slimAge],
  }),
  // What runs in webviews. Its libraries' licenses want to be named, in a file beside it.
  esbuild.context({
    ...common,
    entryPoints: [
      { in: 'src/webview/main.ts', out: 'panel' },
      { in: 'src/webview/panel.css', out: 'panel' },
    ],
    format: 'iife',
    platform: 'browser',
    target: 'chrome138',
    legalComments: 'linked',
  }),
  ...(production ? [] : [esbuild.context(modules)]),
]);
if (watch) await Promise.all(contexts.map(context => context.watch()));
else {
  const built = (await Promise.all(contexts.map(context => context.rebuild()))).map(each => each.metafile);
  if (production) built.push(await buildMergedModules());
  const outputs = Object.assign({}, ...built.map(each => each.outputs));
  const inputs = Object.assign({}, ...built.map(each => each.inputs));
  if (production) await minifyFurther(outputs);
  await buildCommandLine(join(outdir, 'npm'), inHost);
  if (metafile) writeFileSync(metafile, JSON.stringify({ inputs, outputs }));
  await Promise.all(contexts.map(context => context.dispose()));
}
