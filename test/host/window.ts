import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type WindowContent, windowAddress } from './address.ts';
import type { VscodeServer } from './server.ts';

const OPEN_LIMIT_MS = 90_000;

export interface ScreenOptions {
  /** Null follows the size of the browser window that a person sees. */
  viewport?: { width: number; height: number } | null;
  /** 2 gives pictures that stay sharp on a modern screen. */
  deviceScaleFactor?: number;
  /** The language the browser asks for, such as `zh-cn`. */
  locale?: string;
}

/**
 * A storage of its own, like a browser profile: windows in one screen share what the browser
 * remembers, such as secrets; windows in two screens do not.
 */
export async function openScreen(browser: Browser, options: ScreenOptions = {}): Promise<BrowserContext> {
  const { viewport = { width: 1280, height: 800 }, deviceScaleFactor = 1, locale } = options;
  return browser.newContext({
    viewport,
    ...(viewport && { deviceScaleFactor }),
    ...(locale && { locale }),
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}

export interface WindowEvents {
  /** A line that something in the window or its extension host wrote to its console. */
  onLog?: (type: string, args: readonly unknown[]) => void;
  /** The suite of `tests` has ended. */
  onExit?: (code: number) => void;
}

/** Opens a window and returns when the workbench is drawn and its extension host has been started. */
export async function openWindow(
  screen: BrowserContext,
  server: VscodeServer,
  content: WindowContent,
  events: WindowEvents = {},
): Promise<Page> {
  const page = await screen.newPage();
  // The workbench looks for these two functions while it starts.
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
    events.onLog?.(type, args),
  );
  await page.exposeFunction('codeAutomationExit', (code: number) => events.onExit?.(code));
  await page.goto(windowAddress(server.origin, content), { timeout: OPEN_LIMIT_MS, waitUntil: 'commit' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: OPEN_LIMIT_MS });
  // VS Code's own mark for "extensions are known, the extension host may activate them".
  await page.waitForFunction(() => performance.getEntriesByName('code/didLoadExtensions').length > 0, null, {
    timeout: OPEN_LIMIT_MS,
  });
  return page;
}
