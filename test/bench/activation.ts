import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { Cleanup } from '../host/cleanup.ts';
import { projectRoot } from '../host/project.ts';
import { addSampleKeys, everyKeyChecked } from '../host/sampleKeys.ts';
import { openStageWindow, type Stage, setStage } from '../host/stage.ts';
import { openScreen } from '../host/window.ts';
import { endExtensionHost } from '../ui/support/extensionHost.ts';
import { noteFirstPaints } from './firstPaint.ts';
import { type Measure, quantile } from './measure.ts';
import { packProduct } from './pack.ts';
import { freshStart, letTimePass, type Start } from './starts.ts';
import { FIRST, packTrivials, TRIVIAL } from './trivials.ts';

const PRODUCT = 'key-quota.key-quota';
/** Ratios of medians of 20 lay up to 0.3 apart. */
const STARTS = 40;
const QUICK_STARTS = 6;
const AWAY_MS = 3 * 3_600_000;
/** What the pinned key of the fleet says after that time: figure and age. */
const LAST_KNOWN = /Cline – work.*\$18\.42.*3 hours ago/;

/** Starts of VS Code with the product in it: what it costs them, and what they show first. */
export const activation: Measure = {
  name: 'activation',
  title: 'fresh extension hosts of a real VS Code, production build, keys in every status',
  async run({ quick }) {
    await packProduct(join(projectRoot, 'dist', 'key-quota.vsix'));
    const starts = await startsOf(quick ? QUICK_STARTS : STARTS);
    const msOf = (id: string) =>
      quantile(
        starts.map(({ times }) => times[id]?.ms ?? Number.NaN),
        0.5,
      );
    const [ours, theirs] = [msOf(PRODUCT), msOf(TRIVIAL)];
    const medians = `${ours.toFixed(1)} : ${theirs.toFixed(1)} ms, medians of ${starts.length}`;
    return [
      {
        what: `await activate() against a trivial extension's (${medians})`,
        value: ours / theirs,
        bound: 1.5,
        unit: '×',
      },
      {
        what: 'from activate() to the last known figure with its age on screen, median',
        value: quantile(starts.map(sinceActivation), 0.5),
        bound: 1000,
        unit: 'ms',
      },
      {
        what: 'starts that showed anything else first',
        value: starts.filter(({ paint }) => !LAST_KNOWN.test(paint.text)).length,
        bound: 0,
        unit: '',
      },
      {
        what: 'calls to gateways before the first paint',
        value: starts.flatMap(({ calls, paint }) => calls.filter(at => at < paint.at)).length,
        bound: 0,
        unit: '',
      },
      {
        what: 'processes of extension hosts',
        value: new Set(starts.map(({ pid }) => pid)).size,
        bound: starts.length,
        atLeast: true,
        unit: '',
      },
    ];
  },
};

function sinceActivation({ paint, times }: Start): number {
  return paint.at - (times[PRODUCT]?.at ?? Number.NaN);
}

async function startsOf(count: number): Promise<readonly Start[]> {
  const cleanup = new Cleanup();
  try {
    const probes = await mkdtemp(join(tmpdir(), 'key-quota-probes-'));
    cleanup.add(() => rm(probes, { recursive: true, force: true }));
    const stage = await setStage(
      {
        // The gateways are called at every start, far more often than in any window of their limits.
        fleet: { limits: 'off' },
        // All that are timed are installed in the same way: one that is linked is slower to load.
        packaged: true,
        packages: await packTrivials(probes),
        extensions: [join(import.meta.dirname, 'probe')],
        env: {
          KEY_QUOTA_PROBE_DIR: probes,
          KEY_QUOTA_PROBE_FIRST: FIRST,
          KEY_QUOTA_PROBE_IDS: `${PRODUCT} ${TRIVIAL}`,
        },
      },
      cleanup,
    );
    const browser = await launchBrowser(stage.browser);
    cleanup.add(() => browser.close());
    const screen = await openScreen(browser);
    await noteFirstPaints(screen);
    await keepSecrets(screen);
    await furnish(stage, screen);
    const starts: Start[] = [];
    for (let index = 0; index < count; index++) {
      letTimePass(stage, AWAY_MS);
      starts.push(await freshStart(stage, screen, probes, `start-${index}`));
    }
    return starts;
  } finally {
    await cleanup.run();
  }
}

/** Fills store and secrets as an earlier use of VS Code would have. */
async function furnish(stage: Stage, screen: BrowserContext): Promise<void> {
  const { page, pilot } = await openStageWindow(stage, screen, 'earlier');
  await addSampleKeys(pilot, stage.fleet);
  await everyKeyChecked(pilot);
  await page.close();
  await endExtensionHost(stage, 'earlier');
}

/**
 * Lets the next window read the secrets of the one before, as on a desktop. VS Code in a browser seals them
 * with a key that its server is to keep; this server keeps none, and each window forgets them.
 */
async function keepSecrets(screen: BrowserContext): Promise<void> {
  const key = randomBytes(32);
  await screen.route('**/mint-key', route => route.fulfill({ body: key }));
}
