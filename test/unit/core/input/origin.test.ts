import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { OriginProblem } from '../../../../src/core/input/origin.ts';
import { parseOrigin } from '../../../../src/core/input/parseOrigin.ts';
import { isLoopback } from '../../../../src/core/input/privateHost.ts';
import { forAll } from '../../support/forAll.ts';

describe('an address as people paste it', () => {
  const ORIGINS: Readonly<Record<string, string>> = {
    'https://api.example.com': 'https://api.example.com',
    'https://api.example.com/': 'https://api.example.com',
    'https://api.example.com/v1': 'https://api.example.com',
    'https://api.example.com/v1/chat/completions?x=1#top': 'https://api.example.com',
    'https://api.example.com//api/usage/token': 'https://api.example.com',
    'api.example.com': 'https://api.example.com',
    'api.example.com/v1': 'https://api.example.com',
    'api.example.com:8443': 'https://api.example.com:8443',
    '//api.example.com/v1': 'https://api.example.com',
    'https:/api.example.com/v1': 'https://api.example.com',
    'https:api.example.com': 'https://api.example.com',
    'HTTPS://API.Example.COM': 'https://api.example.com',
    'https://api.example.com:443': 'https://api.example.com',
    'https://api.example.com:8443/console': 'https://api.example.com:8443',
    '  https://api.example.com \n': 'https://api.example.com',
    'https://192.0.2.7:3000': 'https://192.0.2.7:3000',
    'https://[2001:db8::1]:3000/v1': 'https://[2001:db8::1]:3000',
    'https://例え.example': 'https://xn--r8jz45g.example',
    'http://localhost:3000/': 'http://localhost:3000',
    'http://gateway.localhost': 'http://gateway.localhost',
    'http://127.0.0.1:3000': 'http://127.0.0.1:3000',
    'http://127.1:3000': 'http://127.0.0.1:3000',
    'http://[::1]:3000': 'http://[::1]:3000',
  };
  for (const [text, origin] of Object.entries(ORIGINS)) {
    it(`${JSON.stringify(text)} is ${origin}`, () => assert.deepEqual(parseOrigin(text), { origin }));
  }
});

describe('what cannot be an address', () => {
  const PROBLEMS: Readonly<Record<string, OriginProblem>> = {
    '': 'empty',
    ' \t\n': 'empty',
    'my gateway': 'not-a-url',
    'https://api.example.com/a b': 'not-a-url',
    'https://': 'not-a-url',
    'https://[::1': 'not-a-url',
    'https://api.example.com:99999': 'not-a-url',
    '???': 'not-a-url',
    'ftp://api.example.com': 'not-http',
    'wss://api.example.com': 'not-http',
    'vscode://file/etc': 'not-http',
    'https://user:pass@api.example.com': 'with-password',
    'https://user@api.example.com': 'with-password',
    'user:pass@api.example.com': 'with-password',
    'http://api.example.com': 'plain-http-public',
    'http://192.0.2.7:3000': 'plain-http-public',
    'http://0.0.0.0:3000': 'plain-http-public',
    'http://localhost.example.com': 'plain-http-public',
    'http://127.0.0.1.example.com': 'plain-http-public',
    'http://[::2]': 'plain-http-public',
    'http://192.168.1.5:3000': 'plain-http',
    'http://nas:3000': 'plain-http',
  };
  for (const [text, problem] of Object.entries(PROBLEMS)) {
    it(`${JSON.stringify(text)} is refused: ${problem}`, () =>
      assert.deepEqual(parseOrigin(text), { problem }));
  }
});

describe('any text at all', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc
      .tuple(fc.constantFrom('http://', 'https:/', '//', '\\\\', 'javascript:'), fc.string())
      .map(parts => parts.join('')),
  );

  it('is an origin or a problem, and never throws', () => {
    forAll(text, some => {
      const { origin, problem } = parseOrigin(some);
      return (origin === undefined) !== (problem === undefined);
    });
  });

  it('an origin is its own origin, and safe', () => {
    forAll(text, some => {
      const { origin } = parseOrigin(some);
      if (origin === undefined) return true;
      const { protocol, hostname } = new URL(origin);
      return parseOrigin(origin).origin === origin && (protocol === 'https:' || isLoopback(hostname));
    });
  });
});
