import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { credentialSpecOf } from '../../../src/gateways/credentialSpec.ts';
import { gateways } from '../../../src/gateways/registry.ts';
import { addKeyArgument, draftFromMembers } from '../../../src/vscode/commands/keys/addKeyArgument.ts';
import { parseArgument } from '../../../src/vscode/commands/parseArgument.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { SIMPLE_PROOFS } from './simple/proofs.ts';

const secret = secretFor('by argument');
const GOOD = { kind: 'newApi', origin: 'https://gw.example', secret };

/** What is wrong with an argument, and a word of the sentence that says how to put it right. */
const WRONG: Readonly<Record<string, readonly [Readonly<Record<string, unknown>>, RegExp]>> = {
  'no kind': [{ ...GOOD, kind: undefined }, /“kind” must be one of: newApi, cometApi, aioHub, cheapest/],
  'an unknown kind': [{ ...GOOD, kind: 'openai' }, /“kind” must be one of/],
  'a kind that every object has': [{ ...GOOD, kind: 'constructor' }, /“kind” must be one of/],
  'a number for a kind': [{ ...GOOD, kind: 7 }, /“kind” must be one of/],
  'a credential of another kind': [
    { ...GOOD, credential: 'managementKey' },
    /“credential” must be one of: apiKey, accessToken/,
  ],
  'a query key at a gateway without that service': [
    { ...GOOD, kind: 'aioHub', credential: 'queryKey' },
    /“credential” must be one of: apiKey, accessToken/,
  ],
  'no address where there are many': [{ ...GOOD, origin: '' }, /Enter the gateway’s address/],
  'an address that is none': [{ ...GOOD, origin: 'not an address' }, /This is not an address/],
  'another scheme': [{ ...GOOD, origin: 'ftp://gw.example' }, /must begin with https/],
  'plain http': [{ ...GOOD, origin: 'http://gw.example' }, /Plain http would expose the key/],
  'a password in the address': [
    { ...GOOD, origin: 'https://me:pw@gw.example' },
    /Leave user name and password/,
  ],
  'no secret': [{ ...GOOD, secret: '' }, /Paste the API key/],
  'a secret that is no text': [{ ...GOOD, secret: 7 }, /Paste the API key/],
  'a secret of two lines': [{ ...GOOD, secret: `${secret}\n${secret}` }, /spaces, line breaks/],
  'a secret in other letters': [{ ...GOOD, secret: `${secret}ключ` }, /outside ASCII/],
  'an endless secret': [{ ...GOOD, secret: 'sk-'.repeat(5000) }, /longer than any API key/],
  'an endless label': [{ ...GOOD, label: 'x'.repeat(61) }, /At most 60 characters/],
  'a user id in words': [{ ...GOOD, userId: 'me' }, /The user ID is a number/],
};

function draftFromArgument(argument: unknown) {
  return draftFromMembers(parseArgument('keyQuota.addKey', addKeyArgument, argument).members);
}

describe('keyQuota.addKey by argument', () => {
  for (const [name, [argument, says]] of Object.entries(WRONG)) {
    it(`${name} is refused with a sentence`, () => {
      assert.throws(
        () => draftFromArgument(argument),
        (error: Error) => says.test(error.message) && !error.message.includes('CANARY'),
      );
    });
  }

  it('takes a Prometheus that asks for no login, and no other gateway without a secret', () => {
    const open = { kind: 'prometheus', origin: 'https://prom.example', secret: 'none' };
    assert.equal(draftFromArgument(open).secret, 'none');
    assert.equal(draftFromArgument({ ...open, secret: 'ada:pass:word' }).secret, 'ada:pass:word');
    assert.throws(() => draftFromArgument({ ...GOOD, secret: 'none' }), /not the key itself/);
  });

  it('needs no more than kind, address and secret', () => {
    assert.deepEqual(draftFromArgument({ ...GOOD, origin: 'gw.example/v1/' }), {
      label: 'gw.example',
      kind: 'newApi',
      baseUrl: 'https://gw.example',
      credential: 'apiKey',
      userId: undefined,
      secret,
    });
  });

  it('takes a user id as number or text, and a pasted header', () => {
    const account = { ...GOOD, credential: 'accessToken', secret: `Authorization: Bearer ${secret}` };
    for (const userId of [17, '17', ' 17 ']) {
      const draft = draftFromArgument({ ...account, userId });
      assert.deepEqual([draft.userId, draft.secret, draft.credential], ['17', secret, 'accessToken']);
    }
  });

  for (const [kind, credential, origin] of [
    ['cometApi', 'apiKey', 'https://api.cometapi.com'],
    ['cometApi', 'queryKey', 'https://query.cometapi.com'],
    ['cometApi', 'accessToken', 'https://api.cometapi.com'],
    ['aioHub', 'apiKey', 'https://api.aiohub.org'],
    ['aioHub', 'accessToken', 'https://api.aiohub.org'],
    ['cheapestInference', 'apiKey', 'https://api.cheapestinference.com'],
    ['cheapestInference', 'managementKey', 'https://api.cheapestinference.com'],
    ['openRouter', 'apiKey', 'https://openrouter.ai'],
    ['openRouter', 'managementKey', 'https://openrouter.ai'],
    ...SIMPLE_PROOFS.filter(({ origins }) => origins.length === 1).map(
      ({ kind, credential = 'apiKey', origins: [origin] }) => [kind, credential, origin] as const,
    ),
  ] as const) {
    it(`knows where a ${credential} of ${kind} belongs`, () => {
      assert.equal(draftFromArgument({ kind, credential, secret }).baseUrl, origin);
    });
  }

  for (const { kind, origins } of SIMPLE_PROOFS.filter(each => each.origins.length > 1)) {
    it(`takes none of ${origins.length} addresses of ${kind} by itself`, () => {
      assert.throws(() => draftFromArgument({ kind, secret }), /Enter the gateway’s address/);
    });
  }

  it('recommends a key without quota for the one credential that travels in a URL', () => {
    const better = gateways.flatMap(gateway =>
      gateway.credentials
        .filter(({ type }) => credentialSpecOf(gateway, type)?.recommendsZeroQuota)
        .map(({ type }) => `${gateway.kind} ${type}`),
    );
    assert.deepEqual(better, ['cometApi queryKey']);
  });
});
