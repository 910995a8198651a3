import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Failure } from '../../../src/core/quota/failure.ts';
import { networkFailureText } from '../../../src/text/networkFailure.ts';

const told = (reason: Failure['reason'], more: Partial<Failure> = {}) =>
  networkFailureText({ class: 'transient', reason, ...more }, 'Team key', 'https://gw.example');

describe('a failure on the way to a gateway', () => {
  it('names the status that was sent, and the usual one where none was kept', () => {
    for (const [reason, usual] of [
      ['server-error', 500],
      ['unknown-refusal', 403],
      ['refused-request', 400],
    ] as const) {
      assert.match(told(reason, { status: 418 }), /\(HTTP 418\)/);
      assert.ok(told(reason).includes(`(HTTP ${usual})`), reason);
    }
  });

  it('names where a redirect leads, and a question mark where that was not kept', () => {
    for (const [reason, before] of [
      ['redirected', 'redirects “Team key” to'],
      ['https-instead', 'wants “Team key” to use'],
    ] as const) {
      assert.ok(told(reason, { target: 'https://b.example' }).includes(`${before} https://b.example`));
      assert.ok(told(reason).includes(`${before} ?`), reason);
    }
  });

  it('says what a gateway that may be in trouble says of the key', () => {
    const disabled = told('doubted-refusal', { doubted: 'disabled' });
    assert.match(disabled, /says that “Team key” is disabled, though it worked before\./);
    for (const refused of [told('doubted-refusal', { doubted: 'bad-key' }), told('doubted-refusal')]) {
      assert.match(refused, /says that it does not accept “Team key”, though it worked before\./);
    }
  });

  it('says of two forms of an answer that it is not JSON', () => {
    assert.match(told('not-json'), /with something that is not JSON\./);
    assert.equal(told('not-text'), told('not-json'));
  });
});
