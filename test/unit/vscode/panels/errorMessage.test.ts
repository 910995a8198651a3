import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NoAnswerError } from '../../../../src/services/deadline.ts';
import { errorMessage } from '../../../../src/vscode/panels/errorMessage.ts';

describe('what a page says of an error', () => {
  it('is its message, a sentence where nothing answered, and a thrown text itself', () => {
    assert.equal(errorMessage(new Error('no figures')), 'no figures');
    assert.match(errorMessage(new NoAnswerError('disk')), /^The disk is not responding/);
    assert.equal(errorMessage('a text'), 'a text');
  });
});
