import type { OverviewMessage } from '../../src/core/panels/overviewMessages.ts';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { redactor } from '../../src/redaction/redactor.ts';
import type * as Panels from '../../src/vscode/panels/overviewPanel.ts';
import { findBrowser, launchBrowser } from '../host/browser.ts';
import { servePanel } from '../host/panelSite.ts';
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';
import { openScreen } from '../host/window.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { NOW } from '../unit/support/samples.ts';
import { importWithStub } from '../unit/support/vscodeStub.ts';
import { type Measure, quantile } from './measure.ts';
import { paintPanel } from './panelPage.ts';
import { manyKeyStates, RENDERED_KEYS } from './renderedKeys.ts';

const { OverviewPanel } = await importWithStub<typeof Panels>('vscode/panels/overviewPanel.ts');

const ROUNDS = 7;

/** The overview of many keys: from the command to the first paint, and what of that passes in the page. */
export const overviewPaint: Measure = {
  name: 'overview',
  title: `overview of ${RENDERED_KEYS} keys, first paint in the browser, median of ${ROUNDS}`,
  async run({ quick }) {
    await run(process.execPath, ['esbuild.js', '--production'], { cwd: projectRoot });
    for (let index = 0; index < RENDERED_KEYS; index++) redactor.protect(secretFor(`key-${index}`));
    const site = await servePanel();
    const browser = await launchBrowser(await findBrowser());
    const times: { readonly whole: number; readonly page: number }[] = [];
    try {
      for (let round = 0; round < (quick ? 2 : ROUNDS); round++) {
        const { message, ms } = messageOf(manyKeyStates(round));
        // A screen of its own, so that nothing is in a cache.
        const screen = await openScreen(browser);
        const painted = await paintPanel(await screen.newPage(), `${site.origin}/overview`, message);
        await screen.close();
        times.push({ whole: ms + painted.fromStart, page: painted.fromFigures });
      }
    } finally {
      await browser.close();
      await site.close();
    }
    const median = (part: 'whole' | 'page') =>
      quantile(
        times.map(each => each[part]),
        0.5,
      );
    return [
      { what: 'from the command, script included', value: median('whole'), bound: 300, unit: 'ms' },
      { what: 'from the arrival of the figures', value: median('page'), bound: 200, unit: 'ms' },
    ];
  },
};

/** What the panel sends to a new page, as it travels, and how long that takes from the command on, in milliseconds. */
function messageOf(keys: readonly KeyState[]): { message: OverviewMessage; ms: number } {
  let text = '';
  let press: (message: unknown) => void = () => undefined;
  const panel = new OverviewPanel({
    extensionUri: { path: '/' } as never,
    clock: { now: () => NOW, after: () => () => undefined },
    limits: () => ({ ofCurrencies: [], monthBegins: 1 }),
    snapshot: () => keys,
    onDidChange: () => ({ dispose: () => undefined }) as never,
    spendByDay: async () => undefined,
    slotsOf: () => ({ keys: [], models: [] }),
    reveal: async () => undefined,
    showUsage: () => undefined,
    run: () => undefined,
    warn: () => undefined,
  });
  const webview = {
    options: {},
    html: '',
    cspSource: '',
    asWebviewUri: () => '',
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      press = listener;
    },
    postMessage: async (message: { readonly type: string }) => {
      if (message.type === 'show') text = JSON.stringify(message);
    },
  };
  const start = performance.now();
  const place = { title: '', visible: true, webview, onDidDispose: () => undefined };
  panel.revive(place as never, undefined);
  press({ type: 'ready' });
  const ms = performance.now() - start;
  panel.dispose();
  return { message: JSON.parse(text) as OverviewMessage, ms };
}
