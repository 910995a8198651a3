import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { LogsPageMessage } from '../../src/core/panels/logsMessages.ts';
import type { UsagePageMessage } from '../../src/core/panels/usageMessages.ts';
import { panelHtml } from '../../src/vscode/panels/panelHtml.ts';
import { projectRoot } from '../host/project.ts';

const FILES: Readonly<Record<string, string>> = { '/panel.js': 'text/javascript', '/panel.css': 'text/css' };

/** The built panel page on loopback, without VS Code around it. */
export interface PanelSite {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves `dist/panel.js` and `dist/panel.css` with the HTML that VS Code would get, at `/usage` and at `/logs`. */
export async function servePanel(): Promise<PanelSite> {
  const server = createServer((request, response) => {
    answer(request.url ?? '/usage').then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => closed(server),
  };
}

async function answer(path: string): Promise<{ readonly type: string; readonly body: string | Buffer }> {
  const type = FILES[path];
  if (type) return { type, body: await readFile(join(projectRoot, 'dist', path)) };
  const files = { script: '/panel.js', style: '/panel.css' };
  const body = panelHtml({
    page: path === '/logs' ? 'logs' : 'usage',
    title: 'Key Quota',
    language: 'en',
    cspSource: `'self'`,
    nonce: 'bench',
    filesGoneText: 'Reload the window.',
    ...files,
  });
  return { type: 'text/html', body };
}

function closed(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

type Shown = UsagePageMessage | LogsPageMessage;

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
