import { EMPTY_LOG_FORM } from '../../src/core/panels/logsForm.ts';
import type { LogsPageMessage } from '../../src/core/panels/logsMessages.ts';
import { LOG_TYPES, type LogRow } from '../../src/core/usage/logRow.ts';
import { findBrowser, launchBrowser } from '../host/browser.ts';
import { servePanel } from '../host/panelSite.ts';
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';
import { openScreen } from '../host/window.ts';
import { type Measure, quantile } from './measure.ts';
import { paintPanel } from './panelPage.ts';

const ROWS = 10_000;
const ROUNDS = 5;

/** The logs panel that is shown again after its reader scrolled through a long log: all rows come at once. */
export const logsPaint: Measure = {
  name: 'logsPaint',
  title: `logs panel, ${ROWS} rows at once in the browser, median of ${ROUNDS}`,
  async run({ quick }) {
    await run(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
    const times = await paintTimes(quick ? 1 : ROUNDS);
    return [{ what: 'processor time of the page', value: quantile(times, 0.5), bound: 5000, unit: 'ms' }];
  },
};

/** In milliseconds of the page's main thread: what else the machine does meanwhile does not count. */
async function paintTimes(rounds: number): Promise<readonly number[]> {
  const site = await servePanel();
  const browser = await launchBrowser(await findBrowser());
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const screen = await openScreen(browser);
      const page = await screen.newPage();
      const session = await screen.newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      await paintPanel(page, `${site.origin}/logs`, longLog());
      const { metrics } = await session.send('Performance.getMetrics');
      times.push((metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000);
      await screen.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return times;
}

const NEWEST = Date.UTC(2026, 5, 1);

function longLog(): LogsPageMessage {
  const rows = Array.from(
    { length: ROWS },
    (_, index): LogRow => ({
      at: new Date(NEWEST - index * 61_000).toISOString(),
      type: LOG_TYPES[index % LOG_TYPES.length] ?? 'consume',
      keyName: `Team key ${index % 50}`,
      model: `model-${index % 7}`,
      amount: (index % 977) / 1000,
      promptTokens: index * 3,
      completionTokens: index,
      seconds: index % 60,
      streamed: index % 2 === 0,
      group: 'default',
      requestId: `request-${index}`,
    }),
  );
  return {
    type: 'show',
    keyId: 'team',
    label: 'Whole team',
    form: EMPTY_LOG_FORM,
    rows,
    unit: { code: 'USD', source: 'gateway' },
    total: ROWS,
    end: 'whole',
  };
}
