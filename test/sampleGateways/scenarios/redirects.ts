import type { Reply } from '../wire/reply.ts';
import type { ScenarioTable } from './scenario.ts';

const to = (status: number, location?: string): Reply => ({
  status,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    ...(location === undefined ? {} : { Location: location }),
  },
  body: '',
  bare: true,
});

/** Redirects. `{elsewhere}` is the origin given in the options: a second gateway that must never see a secret. */
export const redirects: ScenarioTable = {
  '301-cross-origin': { reply: to(301, '{elsewhere}{path}') },
  '302-cross-origin': { reply: to(302, '{elsewhere}{path}') },
  '307-cross-origin': { reply: to(307, '{elsewhere}{path}') },
  '308-cross-origin': { reply: to(308, '{elsewhere}{path}') },
  '301-scheme-relative': { reply: to(301, '{elsewhereHost}{path}') },
  '301-user-in-location': { reply: to(301, 'http://gateway@elsewhere.example{path}') },
  '301-https-elsewhere': { reply: to(301, 'https://elsewhere.example{path}') },
  '301-http-to-https': { reply: to(301, '{https}{path}') },
  '301-loop': { reply: to(301, '{path}') },
  '302-to-login': { reply: to(302, '/login') },
  '301-same-origin-absolute': { reply: to(301, '{origin}/api/elsewhere') },
  '301-no-location': { reply: to(301) },
  '301-bad-location': { reply: to(301, 'http://[bad') },
  '301-javascript': { reply: to(301, 'javascript:alert(1)') },
  '304': { reply: { status: 304, bare: true } },
};
