import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { situationOf } from '../../../../src/core/quota/situation.ts';
import { keyState } from '../../support/samples.ts';

const failure = { class: 'transient', message: 'x' };
const fails = (status: 'unknown' | 'invalid' | 'stale' | 'disabled') => keyState({ status, failure });

describe('how things stand', () => {
  it('there are no keys', () => assert.equal(situationOf([]), 'noKeys'));

  it('all fail: refused, disabled, without an answer, or with one that is too old', () => {
    const keys = [fails('unknown'), fails('invalid'), fails('stale'), fails('disabled')];
    assert.equal(situationOf(keys), 'allFailing');
  });

  it('fine while one key has an answer that speaks for the present', () => {
    assert.equal(situationOf([fails('invalid'), keyState()]), 'fine');
    assert.equal(situationOf([keyState({ failure })]), 'fine', 'one failed check is no trouble');
  });

  it('fine while a key has not been asked yet', () => {
    assert.equal(
      situationOf([fails('invalid'), keyState({ status: 'unknown', reading: undefined })]),
      'fine',
    );
  });

  it('fine where the gateway plainly says that a key is used up or has ended', () => {
    assert.equal(situationOf([keyState({ status: 'exhausted', failure })]), 'fine');
    assert.equal(situationOf([keyState({ status: 'expired', failure })]), 'fine');
  });
});
