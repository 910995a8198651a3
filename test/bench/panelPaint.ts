import { type PackedMessage, packMessage } from '../../src/core/panels/packedUsage.ts';
import type { UsageCell } from '../../src/core/usage/usage.ts';
import type { UsageReport } from '../../src/core/usage/usageReport.ts';
import { findBrowser, launchBrowser } from '../host/browser.ts';
import { servePanel } from '../host/panelSite.ts';
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';
import { openScreen } from '../host/window.ts';
import { fixedRandom } from '../sampleGateways/history.ts';
import { type Measure, quantile } from './measure.ts';
import { type PaintTimes, paintPanel } from './panelPage.ts';
import { presetPaint } from './presetPaint.ts';

const DAYS = 400;
const KEYS = 50;
const ROUNDS = 5;

/** The usage panel's first paint in a browser, with more figures than anyone has; and that of a preset that is clicked. */
export const panelPaint: Measure = {
  name: 'panelPaint',
  title: `usage panel, first paint with ${DAYS} days × ${KEYS} keys in the browser, median of ${ROUNDS}`,
  async run({ quick }) {
    await run(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
    const times = await paintTimes(quick ? 1 : ROUNDS);
    const median = (part: keyof PaintTimes) =>
      quantile(
        times.map(each => each[part]),
        0.5,
      );
    return [
      { what: 'from the arrival of the figures', value: median('fromFigures'), bound: 200, unit: 'ms' },
      {
        what: 'from the start of the page, script included',
        value: median('fromStart'),
        bound: 500,
        unit: 'ms',
      },
      ...(await presetPaint(quick ? 1 : ROUNDS)),
    ];
  },
};

async function paintTimes(rounds: number): Promise<readonly PaintTimes[]> {
  const site = await servePanel();
  const browser = await launchBrowser(await findBrowser());
  const times: PaintTimes[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      // A new browser context for each, so that nothing is cached.
      const screen = await openScreen(browser);
      times.push(await paintPanel(await screen.newPage(), `${site.origin}/usage`, manyFigures()));
      await screen.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return times;
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2025, 3, 1);

/** One account with so many keys that each spent something on every day. */
function manyFigures(days = DAYS, keys = KEYS): PackedMessage {
  const random = fixedRandom(400);
  const dayAt = (index: number) => new Date(FIRST_DAY + index * DAY_MS).toISOString().slice(0, 10);
  const cells: UsageCell[] = Array.from({ length: days * keys }, (_, index) => ({
    at: dayAt(Math.floor(index / keys)),
    key: `Team key ${(index % keys) + 1}`,
    model: `model-${index % 7}`,
    used: Math.round(random() * 4_000_000) / 1_000_000,
    requests: Math.ceil(random() * 200),
    tokens: Math.ceil(random() * 90_000),
  }));
  const from = new Date(FIRST_DAY).toISOString();
  const to = new Date(FIRST_DAY + days * DAY_MS - 1).toISOString();
  const sum = (part: 'used' | 'requests' | 'tokens') =>
    cells.reduce((total, cell) => total + (cell[part] ?? 0), 0);
  const report: UsageReport = {
    scope: { account: 'Whole team' },
    keyId: 'team',
    from,
    to,
    unit: { code: 'USD', source: 'gateway' },
    total: { used: Number(sum('used').toPrecision(15)), requests: sum('requests'), tokens: sum('tokens') },
    timeline: { step: 'day', cells },
    coverage: { complete: true, from, to },
    source: 'gateway',
  };
  const question = { keyIds: ['team'], from: dayAt(0), to: dayAt(days - 1) };
  return packMessage({
    type: 'show',
    answer: { question, reports: [report], problems: [] },
    comparing: false,
    timeZone: 'UTC',
  });
}
