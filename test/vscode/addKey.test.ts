import assert from 'node:assert/strict';
import { addKey, keyShown, product, run, stateOf } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

/** Long enough to be a key; whatever is wrong, no sentence may quote it. */
const SECRET = 'sk-TestSecretThatNobodyMayQuote0123456789';

describe('keyQuota.addKey by argument', () => {
  const gateway = useGateway();

  it('cleans up what was copied', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({
      label: '  Cline  ',
      kind: 'newApi',
      origin: ` ${origin}/v1/chat/completions `,
      secret: ` Bearer ${secret('ok')}\n`,
    });
    const state = await keyShown(id, 'the key has a figure');
    assert.equal(state.label, 'Cline');
    assert.equal(state.origin, origin);
    assert.equal(state.reading?.quota?.remaining, 0.2);
  });

  it('labels a key without a label by its gateway', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ kind: 'newApi', origin, secret: secret('ok') });
    assert.equal((await stateOf(id))?.label, new URL(origin).host);
  });

  it('finds a key that exists already', async () => {
    const { origin, secret } = gateway();
    const key = { kind: 'newApi', origin, secret: secret('ok') };
    const first = await addKey({ ...key, label: 'first' });
    await keyShown(first, 'the key has a figure');
    assert.equal(await addKey({ ...key, label: 'second', origin: `${origin}/v1` }), first);
    assert.deepEqual(
      (await product()).snapshot().map(({ label }) => label),
      ['first'],
    );
    assert.equal(usageCalls(gateway()), 1);
  });

  const good = { label: 'x', kind: 'newApi', origin: 'https://api.example.com', secret: SECRET };
  const refused: Readonly<Record<string, readonly [argument: object, sentence: RegExp]>> = {
    'no kind': [{ ...good, kind: undefined }, /“kind” must be one of: newApi, cometApi/],
    'an unknown kind': [{ ...good, kind: SECRET }, /“kind” must be one of: newApi, cometApi/],
    'a credential of another kind': [
      { ...good, credential: 'managementKey' },
      /“credential” must be one of: apiKey/,
    ],
    'no origin': [{ ...good, origin: '' }, /Enter the gateway’s address/],
    'an origin that is no address': [{ ...good, origin: 'my gateway' }, /This is not an address/],
    'an origin with a password': [
      { ...good, origin: `https://me:${SECRET}@api.example.com` },
      /Leave user name and password out/,
    ],
    'plain http to another machine': [{ ...good, origin: 'http://api.example.com' }, /Use https/],
    'another scheme': [{ ...good, origin: 'ftp://api.example.com' }, /begin with https:/],
    'an empty secret': [{ ...good, secret: ' ' }, /Paste the API key/],
    'nothing but Bearer': [{ ...good, secret: 'Bearer ' }, /Paste the API key/],
    'a secret of another type': [{ ...good, secret: 7 }, /Paste the API key/],
    'a secret with a line break in it': [
      { ...good, secret: `${SECRET}\n${SECRET}` },
      /contains spaces, line breaks/,
    ],
    'a secret outside ASCII': [{ ...good, secret: `${SECRET}ключ` }, /characters outside ASCII/],
    'a secret without end': [{ ...good, secret: SECRET.repeat(200) }, /longer than any API key/],
    'a name without end': [{ ...good, label: 'x'.repeat(61) }, /At most 60 characters/],
    'a user id that is none': [{ ...good, userId: SECRET }, /The user ID is a number/],
  };
  for (const [what, [argument, sentence]] of Object.entries(refused)) {
    it(`refuses ${what} with a sentence`, async () => {
      await assert.rejects(
        () => run('addKey', argument),
        (error: Error) => {
          assert.match(error.message, sentence);
          assert.ok(!error.message.includes(SECRET), 'the sentence quotes the secret');
          return true;
        },
      );
      assert.deepEqual((await product()).snapshot(), []);
    });
  }
});
