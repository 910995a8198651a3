import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { joinSentences } from '../../../src/text/joinSentences.ts';

describe('sentences', () => {
  it('stand one after the other, and what is empty leaves no gap', () => {
    assert.equal(joinSentences('One.', undefined, 'Two.', '', 'Three.'), 'One. Two. Three.');
    assert.equal(joinSentences(), '');
  });
});
