import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { KeyRequests } from '../../../../src/services/requests/keyRequests.ts';
import { verifyForReview } from '../../../../src/services/usage/reviewVerification.ts';
import type { Doubt } from '../../../../src/text/review/reviewContent.ts';
import { VerifySetup } from '../../gateways/verifySetup.ts';
import { DAY, keyRecord, NOW } from '../../support/samples.ts';

const KEY: KeyRecord = keyRecord('a', {
  label: 'Finance',
  kind: 'cometApi',
  baseUrl: 'https://query.example',
  credential: 'queryKey',
  fingerprint: 'f',
});

describe('the smoke tests of a review whose steps cannot be had', () => {
  const end = new AbortController();
  /** Verifies a key for a review; asking about it comes to what `run` does. */
  const verify = (run: () => Promise<never>, signal = end.signal) =>
    verifyForReview(
      {
        keyRequests: { run } as unknown as KeyRequests,
        clock: { now: () => NOW, after: () => () => undefined },
      },
      { keys: [KEY], range: { from: NOW - DAY, to: NOW }, reviewer: 'Ada' },
      () => undefined,
      signal,
    );
  const refused = new GatewayError({ class: 'unexpected', reason: 'secret-missing' });

  it('are named among what could not be verified, with why', async () => {
    const { text, doubts } = await verify(() => Promise.reject(refused));
    assert.equal(doubts.length, 1);
    assert.match(textsOf(doubts)[0] ?? '', /The secret of “Finance”/);
    assert.match(text, /None of these keys can be used for a smoke test/);
  });

  it('end the review where it was called off meanwhile, whatever came of the call', async () => {
    const cancelled = new AbortController();
    const run = () => {
      cancelled.abort();
      return Promise.reject(refused);
    };
    await assert.rejects(verify(run, cancelled.signal), { name: 'AbortError' });
  });

  it('do not hide a fault of our own', async () => {
    const fault = new Error('a fault of our own');
    await assert.rejects(
      verify(() => Promise.reject(fault)),
      fault,
    );
  });
});

/** The sentence of each doubt about its own key. */
const textsOf = (doubts: readonly Doubt[]) => doubts.map(({ name, text }) => text([name]));

describe('the smoke tests of a review', () => {
  let rig: VerifySetup;
  afterEach(() => rig.close());

  async function verify(...keys: readonly ('queryKey' | 'apiKey')[]) {
    const range = { from: new Date(2026, 5, 1).getTime(), to: new Date(2026, 5, 15, 12).getTime() };
    const messages: string[] = [];
    const result = await verifyForReview(
      rig.setup.testWindow,
      { keys: keys.map(key => rig[key]), range, reviewer: 'Ada' },
      message => messages.push(message),
      new AbortController().signal,
    );
    return { ...result, messages };
  }

  it('tell what failed, and which keys cannot be tested', async () => {
    rig = await VerifySetup.open({ acceptsAnyDate: true });
    const { text, doubts, messages } = await verify('queryKey', 'apiKey');
    const { origin } = rig.setup.gateway;
    assert.deepEqual(messages, [`Verifying ${new URL(origin).host}`]);
    assert.deepEqual(textsOf(doubts), [
      'Finance: this test failed: “A malformed date is refused”. See verification.md.',
      'Not tested against the gateway, because the key cannot be used for it: Payer.',
    ]);
    assert.equal(text.split('\n')[0], `# Verification of ${origin}`);
    assert.match(text, /^- FAILED: A malformed date is refused$/m);
  });

  it('tell nothing where all passed and all keys were tested', async () => {
    rig = await VerifySetup.open();
    assert.deepEqual((await verify('queryKey')).doubts, []);
  });

  it('are none where no key can be tested', async () => {
    rig = await VerifySetup.open();
    const { text, messages } = await verify('apiKey');
    assert.deepEqual(messages, []);
    assert.equal(text, '# Verification\n\nNone of these keys can be used for a smoke test.\n');
  });
});
