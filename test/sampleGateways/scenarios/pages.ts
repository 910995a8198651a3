import { page, type Reply } from '../wire/reply.ts';
import type { ScenarioTable } from './scenario.ts';

/** The web application of a gateway, which answers every path it does not know. */
export const SINGLE_PAGE_APP =
  '<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8" />\n    <title>New API</title>\n' +
  '    <script type="module" src="/assets/index.js"></script>\n  </head>\n  <body><div id="root"></div></body>\n</html>\n';

const CHALLENGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>' +
  '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>';

const cloudflare = (status: number, title: string, more: Record<string, string> = {}): Reply => ({
  ...page(
    status,
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
    {
      Server: 'cloudflare',
      'CF-RAY': '90f0f0f0f0f0f0f0-FRA',
      ...more,
    },
  ),
  bare: true,
});

const nginx = (status: number, title: string): Reply => ({
  ...page(
    status,
    `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n` +
      '<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n',
    { Server: 'nginx/1.24.0', 'Content-Type': 'text/html' },
  ),
  bare: true,
});

/** Web pages in place of JSON: from the gateway's own application and from what stands before it. */
export const pages: ScenarioTable = {
  'html-200': { reply: page(200, SINGLE_PAGE_APP, { 'Cache-Control': 'no-cache' }) },
  'html-200-as-json': {
    reply: { status: 200, headers: { 'Content-Type': 'application/json' }, body: SINGLE_PAGE_APP },
  },
  'cf-403-html': {
    reply: {
      ...page(403, CHALLENGE, {
        Server: 'cloudflare',
        'CF-Mitigated': 'challenge',
        'CF-RAY': '90f0f0f0f0f0f0f0-FRA',
      }),
      bare: true,
    },
  },
  'cf-challenge-200-html': { reply: { ...page(200, CHALLENGE), bare: true } },
  'cf-429-html': {
    reply: cloudflare(429, 'Error 1015: You are being rate limited', { 'Retry-After': '30' }),
  },
  'cf-503-html': { reply: { ...page(503, CHALLENGE, { Server: 'cloudflare' }), bare: true } },
  'cf-520-html': { reply: cloudflare(520, 'Web server is returning an unknown error') },
  'cf-522-html': { reply: cloudflare(522, 'Connection timed out') },
  'cf-524-html': { reply: cloudflare(524, 'A timeout occurred') },
  'cf-530-html': { reply: cloudflare(530, 'Origin DNS error') },
  'nginx-404-html': { reply: nginx(404, 'Not Found') },
  'nginx-502-html': { reply: nginx(502, 'Bad Gateway') },
  'nginx-504-html': { reply: nginx(504, 'Gateway Time-out') },
  'proxy-407-html': { reply: { ...page(407, '<h1>Proxy Authentication Required</h1>'), bare: true } },
  'portal-511-html': { reply: { ...page(511, '<h1>Log in to the hotel network</h1>'), bare: true } },
};
