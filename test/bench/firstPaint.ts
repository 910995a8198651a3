import type { BrowserContext, Page } from 'playwright-core';

/** What the status bar item of the product showed first, and when it was on the screen. */
export interface FirstPaint {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Lets every window of this screen note its first paint. */
export async function noteFirstPaints(screen: BrowserContext): Promise<void> {
  await screen.addInitScript(noteFirstPaint);
}

/** Waits for the first paint in a window, if it has not been. */
export async function firstPaint(page: Page): Promise<FirstPaint> {
  const handle = await page.waitForFunction(
    () => (window as unknown as { firstPaint?: FirstPaint }).firstPaint,
  );
  return (await handle.jsonValue()) as FirstPaint;
}

/** Runs in the page before its own scripts. */
function noteFirstPaint(): void {
  if (window !== window.top) return;
  const observer = new MutationObserver(() => {
    const item = document.querySelector('.statusbar-item[id$=".keyQuota.main"]');
    const text = (item?.textContent ?? '').replaceAll('\u00a0', ' ').trim();
    if (text === '') return;
    observer.disconnect();
    // The frame that shows it; the task after it finds it painted.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        (window as unknown as { firstPaint: FirstPaint }).firstPaint = { text, at: Date.now() };
      };
      channel.port2.postMessage(undefined);
    });
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}
