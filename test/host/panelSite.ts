import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { panelHtml } from '../../src/vscode/panels/panelHtml.ts';
import { projectRoot } from './project.ts';

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
