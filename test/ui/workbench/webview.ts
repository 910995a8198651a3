import type { FrameLocator, Page } from 'playwright-core';

/**
 * The document of the webview that is shown in the editor area or a view. An extension's page is in a
 * frame of VS Code's, which is in another frame.
 */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}
