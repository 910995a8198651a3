import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { panelHtml } from '../../src/vscode/panels/panelHtml.ts';
import { PANEL_NAMES } from '../../src/vscode/panels/panelNames.ts';

import { projectRoot } from './project.ts';

const FILES: Readonly<Record<string, string>> = { '/panel.js': 'text/javascript', '/panel.css': 'text/css' };

/** The built panel page on loopback, without VS Code around it. */
export interface PanelSite {
  readonly origin: string;
  close(): Promise<void>;
}

/** The host of a page: hears its messages, and has some for it. */
export interface PageHost {
  hear(message: unknown): void;
  /** Waits for the next message to the page. */
  next(): Promise<unknown>;
}

/**
 * Serves `dist/panel.js` and `dist/panel.css` with the HTML that VS Code would get, at `/usage` and at `/logs`; and with a
 * host its messages, at `/messages`.
 */
export async function servePanel(host?: PageHost): Promise<PanelSite> {
  const server = createServer((request, response) => {
    if (host && request.url === '/messages') {
      void passOn(host, request, response);
      return;
    }
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

/** As VS Code does, messages travel as text: a POST is one of the page, a GET is answered by one to it. */
async function passOn(host: PageHost, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'POST') {
    host.hear(await json(request));
    response.writeHead(204).end();
    return;
  }
  const text = JSON.stringify(await host.next());
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

async function answer(path: string): Promise<{ readonly type: string; readonly body: string | Buffer }> {
  const type = FILES[path];
  if (type) return { type, body: await readFile(join(projectRoot, 'dist', path)) };
  const files = { script: '/panel.js', style: '/panel.css' };
  const body = panelHtml({
    page: PANEL_NAMES.find(name => path === `/${name}`) ?? 'usage',
    title: 'Key Quota',
    language: 'en',
    cspSource: `'self'`,
    nonce: 'site',
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
