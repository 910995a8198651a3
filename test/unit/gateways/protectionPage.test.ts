import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isMarkup, isProtectionPage, needsClientCertificate } from '../../../src/gateways/protectionPage.ts';

const answer = (
  status: number,
  text: string | undefined,
  headers: Readonly<Record<string, string>> = {},
) => ({
  status,
  headers: new Headers(headers),
  text,
});
const REFUSAL = '{"error":{"message":"Invalid token"}}';
const PAGE = '<html><body>Sorry</body></html>';
const CAPTCHA = '<html><body>Solve the captcha</body></html>';
const SAFELINE = '<html><body>Protected by SafeLine</body></html>';
const MOMENT = '<html><title>Just a moment...</title></html>';
const RELOAD = '<script>document.cookie = "a=1"; window.location.reload()</script>';

describe('a page of a protection service', () => {
  type Case = readonly [what: string, answer: ReturnType<typeof answer>, isOne: boolean];
  const CASES: readonly Case[] = [
    ['SafeLine’s own status', answer(468, ''), true],
    ['the header of a challenge beside any status', answer(200, '{}', { 'cf-mitigated': 'challenge' }), true],
    ['Amazon’s header', answer(202, '', { 'x-amzn-waf-action': 'challenge' }), true],

    ['JSON that says the words and succeeds', answer(200, '{"name":"Just a moment"}'), false],
    ['a page that succeeds', answer(200, PAGE), false],
    ['a challenge in a page that succeeds', answer(200, CAPTCHA), true],
    ['a vendor’s page that succeeds', answer(200, SAFELINE), true],
    ['text with the words that succeeds', answer(200, 'Solve the captcha'), false],
    ['a page that redirects', answer(302, PAGE), false],
    ['a challenge that redirects', answer(399, CAPTCHA), true],

    ['JSON that refuses', answer(403, REFUSAL), false],
    ['text that refuses', answer(403, 'Forbidden'), false],
    ['nothing that refuses', answer(403, ''), false],
    ['what is no text and refuses', answer(403, undefined), false],
    ['a page that refuses', answer(403, PAGE), true],
    ['a page that refuses for too many calls', answer(429, PAGE), true],
    ['Cloudflare’s text', answer(403, 'error code: 1010'), true],
    ['Cloudflare’s text about a request', answer(400, 'error code: 1010'), true],
    ['JSON with a vendor’s mark that refuses', answer(403, '{"cloudflare_error":true}'), true],
    ['JSON with the words of a page that refuses', answer(403, '{"message":"captcha needed"}'), false],
    ['a page that sets a cookie and comes again', answer(404, RELOAD), true],

    ...[400, 404, 407, 408, 410, 411, 413, 414, 431].map(
      (status): Case => [`a page about ${status}`, answer(status, PAGE), false],
    ),
    ['a page about 402', answer(402, PAGE), true],
    ['a challenge at 404', answer(404, CAPTCHA), true],

    ['JSON behind Sucuri that refuses', answer(403, REFUSAL, { server: 'Sucuri/Cloudproxy' }), true],
    ['JSON behind DataDome that refuses', answer(403, REFUSAL, { 'x-datadome': 'protected' }), true],
    ['JSON behind Imperva that refuses', answer(403, REFUSAL, { 'x-cdn': 'Imperva' }), true],
    ['JSON behind another CDN that refuses', answer(403, REFUSAL, { 'x-cdn': 'other' }), false],
    ['too many calls behind Sucuri', answer(429, '', { server: 'Sucuri/Cloudproxy' }), false],
    ['JSON behind Sucuri that succeeds', answer(200, '{}', { server: 'Sucuri/Cloudproxy' }), false],

    ['trouble in JSON', answer(500, REFUSAL), false],
    ['trouble in a page', answer(500, PAGE), false],
    ['a bad gateway in a page', answer(502, PAGE), false],
    ['trouble in a challenge', answer(500, CAPTCHA), true],
    ['trouble in Cloudflare’s page', answer(503, MOMENT), true],
    ['trouble in Cloudflare’s words outside of a page', answer(503, 'Just a moment'), false],
    ['trouble in another vendor’s page: its gateway is down', answer(503, SAFELINE), false],
    ['no service in a page of Cloudflare', answer(503, PAGE, { server: 'cloudflare' }), true],
    ['no service in JSON behind Cloudflare', answer(503, REFUSAL, { server: 'cloudflare' }), false],
    ['no service in a page of nginx', answer(503, PAGE, { server: 'nginx' }), false],
    ['a bad gateway in a page of Cloudflare', answer(502, PAGE, { server: 'cloudflare' }), false],
  ];
  for (const [what, given, isOne] of CASES) {
    it(`${isOne ? 'is' : 'is not'} ${what}`, () => assert.equal(isProtectionPage(given), isOne));
  }
});

describe('markup', () => {
  const HTML = { 'content-type': 'text/html; charset=utf-8' };
  const CASES: readonly [what: string, answer: ReturnType<typeof answer>, isMarkup: boolean][] = [
    ['a page', answer(200, PAGE), true],
    ['a page behind a byte order mark and blank lines', answer(200, `\uFEFF\n ${PAGE}`), true],
    ['text that is called HTML', answer(200, 'Sorry', HTML), true],
    ['text that is not', answer(200, 'Sorry'), false],
    ['text of another type', answer(200, 'Sorry', { 'content-type': 'text/plain' }), false],
    ['an object that is called HTML', answer(200, '{}', HTML), false],
    ['a list that is called HTML', answer(200, '[]', HTML), false],
    ['a word in quotes that is called HTML', answer(200, '"no"', HTML), false],
    ['nothing that is called HTML', answer(200, ' \n', HTML), false],
    ['what is no text', answer(200, undefined, HTML), false],
  ];
  for (const [what, given, expected] of CASES) {
    it(`${expected ? 'is' : 'is not'} ${what}`, () => assert.equal(isMarkup(given), expected));
  }
});

describe('nginx’s answer without a client certificate', () => {
  const PAGE_OF_NGINX = '<html><title>400 No required SSL certificate was sent</title></html>';
  it('is told by status and words together', () => {
    for (const status of [400, 495, 496])
      assert.equal(needsClientCertificate(answer(status, PAGE_OF_NGINX)), true, String(status));
    for (const status of [401, 403, 497])
      assert.equal(needsClientCertificate(answer(status, PAGE_OF_NGINX)), false, String(status));
    assert.equal(needsClientCertificate(answer(400, PAGE)), false);
    assert.equal(needsClientCertificate(answer(400, undefined)), false);
  });
});
