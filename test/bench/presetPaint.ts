import type { Page } from 'playwright-core';
import { RANGE_PRESETS, type RangePreset } from '../../src/core/usage/rangePresets.ts';
import { presetName } from '../../src/text/range.ts';
import { findBrowser, launchBrowser } from '../host/browser.ts';
import { servePanel } from '../host/panelSite.ts';
import { type Figure, quantile } from './measure.ts';
import { UsageHost } from './usageHost.ts';

const KEYS = 50;

interface ClickedPage {
  /** Set by a click: milliseconds from then until the answer is painted. */
  painted: Promise<number>;
}

/** A preset that is clicked while the ledger has its range: the slowest of all presets, and whether anything was asked. */
export async function presetPaint(rounds: number): Promise<readonly Figure[]> {
  const host = new UsageHost(KEYS);
  const site = await servePanel(host);
  const browser = await launchBrowser(await findBrowser());
  const times = new Map<RangePreset, number[]>(RANGE_PRESETS.map(preset => [preset, []]));
  try {
    // The page's own policy lets it talk to nobody but VS Code.
    const screen = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
    const page = await screen.newPage();
    await page.addInitScript(standInForVscode);
    await page.goto(`${site.origin}/usage`);
    await page.locator('.totals dd').first().waitFor();
    // The first time code runs it is not compiled yet.
    for (const preset of RANGE_PRESETS) await clickTime(page, host, preset);
    for (let round = 0; round < rounds; round++)
      for (const [preset, own] of times) own.push(await clickTime(page, host, preset));
  } finally {
    await browser.close();
    await site.close();
    host.close();
  }
  const medians = [...times].map(([preset, own]) => ({ preset, value: quantile(own, 0.5) }));
  const slowest = medians.reduce((worst, each) => (each.value > worst.value ? each : worst));
  const what = `a preset clicked, ${KEYS} keys`;
  return [
    { what: `${what}, calls`, value: host.calls, bound: 0, unit: '' },
    {
      what: `${what}, to the paint: the slowest, “${presetName(slowest.preset)}”, median`,
      value: slowest.value,
      bound: 150,
      unit: 'ms',
    },
  ];
}

/** Clicks a preset as a person does, and checks that its answer is what is painted. */
async function clickTime(page: Page, host: UsageHost, preset: RangePreset): Promise<number> {
  await page.locator('.busy').waitFor({ state: 'hidden' });
  const button = page.getByRole('button', { name: presetName(preset), exact: true });
  const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 2);
  // The host runs in the driver's process: anything else that the driver does meanwhile would slow it down.
  await page.mouse.down();
  await page.mouse.up();
  const time = await page.evaluate(() => (window as unknown as ClickedPage).painted);
  const pressed = await page.locator('.ranges [aria-pressed="true"]').allTextContents();
  if (pressed.join() !== presetName(preset)) throw new Error(`“${pressed.join()}” is shown`);
  if (host.shownReports !== KEYS) throw new Error(`${host.shownReports} keys have figures`);
  return time;
}

/** Runs in the page before its own script. */
function standInForVscode(): void {
  const scope = window as unknown as ClickedPage & { acquireVsCodeApi: () => unknown };
  let done: (ms: number) => void = () => undefined;
  let clickedAt = 0;
  window.addEventListener(
    'click',
    event => {
      clickedAt = event.timeStamp;
      scope.painted = new Promise(resolve => {
        done = resolve;
      });
    },
    { capture: true },
  );
  window.addEventListener('message', event => {
    if (event.data.type !== 'show') return;
    // A frame is asked for now and drawn with all that the page does meanwhile; the task after it finds it painted.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - clickedAt);
      channel.port2.postMessage(undefined);
    });
  });
  const receiveAll = async () => {
    for (;;) window.postMessage(await (await fetch('/messages')).json(), '*');
  };
  scope.acquireVsCodeApi = () => {
    void receiveAll();
    return {
      postMessage: (message: unknown) =>
        void fetch('/messages', { method: 'POST', body: JSON.stringify(message) }),
      getState: () => undefined,
      setState: () => undefined,
    };
  };
}
