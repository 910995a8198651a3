import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findBrowser, launchBrowser } from '../host/browser.ts';
import { Cleanup } from '../host/cleanup.ts';
import { getCodeServer } from '../host/codeServer.ts';
import { putManifest } from '../host/productManifest.ts';
import { startServer } from '../host/server.ts';
import { until } from '../host/until.ts';
import { openScreen, openWindow } from '../host/window.ts';
import { type Measure, quantile } from './measure.ts';
import { RENDERED_KEYS, RENDERED_ORIGINS } from './renderedKeys.ts';
import type { Rendered, RenderTimes } from './renderHost.ts';

const ROUNDS = 70;
const QUICK_ROUNDS = 20;
/** Rounds until the code is compiled, as it is after a few checks. */
const WARM_UP = 10;
const PATIENCE_MS = 120_000;

/** The limit is one frame of a 60 Hz screen, 16 ms. */
export const render: Measure = {
  name: 'render',
  title: `a snapshot of ${RENDERED_KEYS} keys to status bar and tree, in the extension host of a real VS Code`,
  async run({ quick }) {
    const { running, paused, tooltip } = await rendered(quick ? QUICK_ROUNDS : ROUNDS);
    const medians = (part: 'shown' | 'handed') => {
      const median = (times: readonly RenderTimes[]) =>
        quantile(
          times.map(each => each[part]),
          0.5,
        );
      const [first, later] = [running[0]?.[part] ?? Number.NaN, median(paused)];
      const beside = `the first ${first.toFixed(0)} ms, after a pause ${later.toFixed(1)} ms`;
      return { value: median(running.slice(WARM_UP)), beside };
    };
    const [shown, handed] = [medians('shown'), medians('handed')];
    return [
      {
        what: `every figure new, to status bar item and changed lines, median (${shown.beside})`,
        value: shown.value,
        bound: 16,
        unit: 'ms',
      },
      {
        what: 'of it the tooltip, with six cards and all sums, processor time on average',
        value: tooltip,
        bound: 4,
        unit: 'ms',
      },
      {
        what: `lines to tree items without ${RENDERED_KEYS} secrets, when VS Code asks for all, median (${handed.beside})`,
        value: handed.value,
        bound: 16,
        unit: 'ms',
      },
      {
        what: 'tree items',
        value: Math.min(...[...running, ...paused].map(({ lines }) => lines)),
        bound: RENDERED_KEYS + RENDERED_ORIGINS,
        atLeast: true,
        unit: '',
      },
    ];
  },
};

async function rendered(rounds: number): Promise<Rendered> {
  const cleanup = new Cleanup();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'key-quota-render-'));
    cleanup.add(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'times.json');
    const server = await startServer(await getCodeServer(), {
      extensions: [await inOurPlace(join(folder, 'extension'))],
      env: { KEY_QUOTA_RENDER_FILE: file, KEY_QUOTA_RENDER_ROUNDS: String(rounds) },
    });
    cleanup.add(() => server.stop());
    const browser = await launchBrowser(await findBrowser());
    cleanup.add(() => browser.close());
    await openWindow(await openScreen(browser), server, { folder });
    const text = await until('all snapshots were shown', PATIENCE_MS, () =>
      readFile(file, 'utf8').catch(() => undefined),
    );
    return JSON.parse(text) as Rendered;
  } finally {
    await cleanup.run();
  }
}

/** Builds an extension from the product's manifest, which has the views, with `renderHost.ts` as its entry. */
async function inOurPlace(folder: string): Promise<string> {
  await mkdir(folder);
  const main = './entry.mjs';
  await putManifest(folder, { main, activationEvents: ['*'] });
  await build({
    entryPoints: [join(import.meta.dirname, 'renderHost.ts')],
    outfile: join(folder, main),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    // As in `esbuild.js`.
    alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
    logLevel: 'warning',
  });
  return folder;
}
