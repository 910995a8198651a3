import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Redactor, redactor } from '../../../src/redaction/redactor.ts';
import { redactPatterns, redactTogether } from '../../../src/redaction/secretPatterns.ts';
import { shownRedactor } from '../../../src/redaction/shownRedactor.ts';

describe('what takes secrets out of views', () => {
  it('is the redactor that knows the secrets in use, once that is loaded', () => {
    assert.equal(shownRedactor, redactor);
  });

  it('takes out what looks like a secret before that, as the redactor does', () => {
    const text = 'Cline sk-abcdef123456 at https://me:word@relay.example?key=abcdefgh';
    const expected = 'Cline ‹secret› at https://‹secret›@relay.example?key=‹secret›';
    assert.equal(redactPatterns(text), expected);
    assert.equal(new Redactor().redact(text), expected);
    const texts = ['$12.40', undefined, 'token=abcdefgh'];
    assert.deepEqual(redactTogether(texts, redactPatterns), ['$12.40', undefined, 'token=‹secret›']);
    assert.equal(redactTogether(['$12.40'], redactPatterns).length, 1);
  });
});
