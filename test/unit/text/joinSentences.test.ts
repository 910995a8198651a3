import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { joinSentences } from '../../../src/text/joinSentences.ts';

describe('sentences', () => {
  it('are joined without gaps for undefined ones', () => {
    assert.equal(joinSentences('One.', undefined, 'Two.', '', 'Three.'), 'One. Two. Three.');
    assert.equal(joinSentences(), '');
  });
});
