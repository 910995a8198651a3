import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { redactor } from '../../../../../src/redaction/redactor.ts';
import { parseKeyLink } from '../../../../../src/vscode/commands/keys/keyLink.ts';
import { managementKeyFor, secretFor } from '../../../../sampleGateways/secrets.ts';
import { forAll } from '../../../support/forAll.ts';

const link = (query: string, path = '/add', fragment = '') => parseKeyLink({ path, query, fragment });

describe('a link that adds a key', () => {
  it('fills in kind, address and name', () => {
    const { gateway, baseUrl, label } = link('kind=newApi&origin=https://gw.example/v1/&label=Team key');
    assert.equal(gateway?.kind, 'newApi');
    assert.equal(baseUrl, 'https://gw.example');
    assert.equal(label, 'Team key');
  });

  it('may omit any of them', () => {
    assert.deepEqual(link(''), { gateway: undefined, baseUrl: undefined, label: undefined });
    assert.equal(link('kind=cometApi').gateway?.kind, 'cometApi');
    assert.equal(link('origin=gw.example').baseUrl, 'https://gw.example');
  });

  it('sanitizes the name', () => {
    assert.equal(link('label=%20%E2%80%AEevil%0A%0Aname%00').label, 'evil name');
    // Other tests have keys of many x, and a name that holds a known key is refused.
    assert.equal(link(`label=${'é'.repeat(100_000)}`).label?.length, 60);
    assert.equal(link('label=%20').label, undefined);
  });

  const WRONG: readonly [what: string, query: string, sentence: RegExp][] = [
    ['an unknown kind', 'kind=evil', /“kind” must be one of/],
    ['a kind every object has', 'kind=constructor', /“kind” must be one of/],
    ['no address', 'origin=my gateway', /This is not an address/],
    ['another scheme', 'origin=javascript://x', /begin with https/],
    ['a file', 'origin=file:///etc/passwd', /This is not an address|begin with https/],
    ['plain http', 'origin=http://gw.example', /Plain http/],
    [
      'user and password',
      'origin=https://me:word@gw.example',
      /contains a key|Leave user name and password out/,
    ],
    ['a user alone', 'origin=https://me@gw.example', /Leave user name and password out/],
  ];
  for (const [what, query, sentence] of WRONG) {
    it(`is refused with ${what}`, () => assert.throws(() => link(query), sentence));
  }

  it('is refused with another path', () => {
    for (const path of ['', '/', '/add/', '/remove', '/ADD', '//add']) {
      assert.throws(() => link('kind=newApi', path), /does not know this link/);
    }
  });
});

describe('a link that carries a secret', () => {
  const SECRET = secretFor('in a link');
  const LINKS: readonly [query: string, fragment?: string][] = [
    [`secret=${SECRET}`],
    ['secret=x'],
    ['key=x'],
    ['apiKey=x'],
    ['api_key=x'],
    ['token=x'],
    ['accessToken=x'],
    ['password=x'],
    ['KEY=x'],
    ['authorization=x'],
    [`label=${SECRET}`],
    [`label=my ${SECRET} key`],
    [`kind=${SECRET}`],
    [`origin=https://gw.example/?key=${SECRET}`],
    [`origin=https://gw.example/${SECRET}`],
    [`other=${managementKeyFor('x')}`],
    [`${SECRET}=x`],
    ['', SECRET],
    ['label=QWxhZGRpbjpvcGVuIHNlc2FtZQab1'],
  ];
  for (const [query, fragment] of LINKS) {
    const shown = `${query}#${fragment ?? ''}`
      .replaceAll(SECRET, '(a key)')
      .replaceAll(managementKeyFor('x'), '(a key)');
    it(`is refused as a whole, and is not quoted: ${shown}`, () => {
      assert.throws(
        () => link(`kind=newApi&${query}`, '/add', fragment),
        (error: Error) => /contains a key/.test(error.message) && !String(error.stack).includes('CANARY'),
      );
    });
  }

  for (const [what, text, other] of [
    // Each of these has one sign of a secret alone.
    ['a secret that is stored here, whatever it looks like', 'plain-words-of-mine', 'another name'],
    ['a short key by its beginning', 'sk_x1', 'skylark'],
    [
      'a long run of all sorts of characters',
      'label: QWxhZGRpbjpvcGVuIHNlc2FtZQab1',
      'label: a-long-name-without-capitals-1',
    ],
  ] as const) {
    it(`is refused with ${what}`, () => {
      redactor.protect('plain-words-of-mine', 'https://elsewhere.example');
      const query = (label: string) => new URLSearchParams({ label }).toString();
      assert.throws(() => link(query(text)), /contains a key/);
      assert.equal(link(query(other)).label, other);
    });
  }

  it('never reaches the form, however the secret is encoded', () => {
    const place = fc.constantFrom('label', 'origin', 'kind', 'secret', 'x');
    const around = fc.string({ maxLength: 5 });
    forAll(fc.tuple(place, around, around), ([name, before, after]) => {
      const query = new URLSearchParams({ [name]: before + SECRET + after }).toString();
      try {
        const { gateway: _gateway, ...rest } = link(query);
        return !JSON.stringify(rest).includes('CANARY');
      } catch (error) {
        return !String(error).includes('CANARY');
      }
    });
  });
});
