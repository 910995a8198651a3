import type { Page } from 'playwright-core';
import type { LogsPageMessage } from '../../src/core/panels/logsMessages.ts';
import type { OverviewMessage } from '../../src/core/panels/overviewMessages.ts';
import type { PackedMessage } from '../../src/core/panels/packedUsage.ts';

type Shown = PackedMessage | LogsPageMessage | OverviewMessage;

/** Milliseconds until the figures were on the screen. */
export interface PaintTimes {
  /** Since the page began to load. */
  readonly fromStart: number;
  /** Since the figures arrived at the page. */
  readonly fromFigures: number;
}

/** Opens the page at an address and answers its first question with these figures, as the host does. */
export async function paintPanel(page: Page, address: string, shown: Shown): Promise<PaintTimes> {
  await page.addInitScript(standInForHost, shown);
  await page.goto(address);
  return page.evaluate(() => (window as unknown as { painted: Promise<PaintTimes> }).painted);
}

/** Runs in the page before its own script. */
function standInForHost(shown: Shown): void {
  const scope = window as unknown as { painted: Promise<PaintTimes>; acquireVsCodeApi: () => unknown };
  let done: (times: PaintTimes) => void = () => undefined;
  scope.painted = new Promise(resolve => {
    done = resolve;
  });
  const greet = () => {
    window.postMessage({ type: 'speak', language: 'en', timeZone: 'UTC', messages: {} }, '*');
    window.postMessage(shown, '*');
  };
  let arrived = 0;
  window.addEventListener('message', event => {
    if (event.data.type !== 'show') return;
    arrived = performance.now();
    // A frame is asked for now and drawn with all that the page does meanwhile; the task after it finds
    // it painted.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const now = performance.now();
        done({ fromStart: now, fromFigures: now - arrived });
      };
      channel.port2.postMessage(undefined);
    });
  });
  scope.acquireVsCodeApi = () => ({
    postMessage: (message: { type: string }) => {
      if (message.type === 'ready') greet();
    },
    getState: () => undefined,
    setState: () => undefined,
  });
}
