import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isBelow } from '../../../../src/core/input/isBelow.ts';

const BASE = 'https://host.example/newapi';

describe('a URL below a base URL', () => {
  const BELOW = [
    '/newapi/',
    '/newapi/api/usage/token/',
    '/newapi/v1/models?a=../b//c#/../d',
    '/newapi/./api',
    '/newapi/a/../api',
    '/newapi/a/%2E%2e/api',
    '/%6Eewapi/api',
    '/%6eewap%69/api',
    '/newapi/api/user/%E4%B8%AD',
    '/newapi/a:b@c,d',
    '/other/../newapi/api',
    '\\newapi\\api',
  ];
  for (const path of BELOW) it(`is ${path}`, () => assert.ok(isBelow(new URL(path, BASE), BASE)));

  const OUTSIDE: Readonly<Record<string, string>> = {
    'the root': '/',
    'its own path, which may be another server’s': '/newapi',
    'another path': '/api/usage/token/',
    'a longer name': '/newapi2/api',
    'a shorter name': '/newap/api',
    'a name that goes on with a dot': '/newapi.bak/api',
    'other letters': '/NewAPI/api',
    'a step up': '/newapi/../api',
    'a step up in escapes': '/newapi/%2e%2e/api',
    'a step up in escapes of both cases': '/newapi/.%2E/api',
    'two steps up': '/newapi/a/../../api',
    'a step up by backslashes': '/newapi/..\\api',
    'an escaped slash': '/newapi%2fapi',
    'an escaped slash in capital letters': '/newapi%2Fapi',
    'a step up behind an escaped slash': '/newapi/x%2f..%2f..%2fapi',
    'an escaped backslash': '/newapi/..%5capi',
    'an escape of an escape': '/newapi/%252e%252e/api',
    'an empty segment': '/newapi//api',
    'an empty segment first': '/newapi/..//newapi/api',
    'parameters at its own segment': '/newapi;v=1/api',
    'parameters at a step up': '/newapi/..;/api',
    'escaped parameters at a step up': '/newapi/..%3b/api',
    'dots with a space': '/newapi/..%20/api',
    'three dots': '/newapi/.../api',
    'a tab between dots': '/newapi/.%09./api',
    'the end of a text': '/newapi/x%00/api',
    'a line break': '/newapi/x%0d%0aHost:evil/api',
    'dots that only look like them': '/newapi/\uFF0E\uFF0E/api',
    'a slash that only looks like one': '/newapi/\uFF0F..\uFF0Fapi',
    'an escape that is none': '/newapi/%zz/api',
    'bytes that are no text': '/newapi/%c0%ae%c0%ae/api',
  };
  for (const [what, path] of Object.entries(OUTSIDE)) {
    it(`is not ${what}: ${JSON.stringify(path)}`, () =>
      assert.equal(isBelow(new URL(path, BASE), BASE), false));
  }

  it('has its scheme, host and port', () => {
    for (const origin of ['http://host.example', 'https://host.example:8443', 'https://www.host.example']) {
      assert.equal(isBelow(new URL('/newapi/api', origin), BASE), false);
    }
  });

  it('is every URL of the origin where the base URL has no path', () => {
    const root = 'https://host.example';
    for (const path of ['/', '/api//x;y/..%2f', '/%zz']) assert.ok(isBelow(new URL(path, root), root));
    assert.equal(isBelow(new URL('https://other.example/'), root), false);
  });
});
