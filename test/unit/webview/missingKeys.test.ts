import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageAnswer } from '../../../src/core/panels/usageMessages.ts';
import {
  missingBeforeTitle,
  missingGroups,
  missingKeys,
  missingTitle,
} from '../../../src/webview/usage/missingKeys.ts';
import { markup, templateText } from './templateText.ts';
import { report } from './usageReports.ts';

const lacking = (keyId: string) => report({ keyId, note: `${keyId} has none.` });
const ANSWER: UsageAnswer = {
  question: { keyIds: [], from: '2026-06-01', to: '2026-06-03' },
  reports: [report({ keyId: 'good' }), report({ keyId: 'good', unit: { code: 'CNY', source: 'gateway' } })],
  problems: ['a has none.', 'b has none.', 'c has none.'],
  missing: ['a', 'b', 'c'].map(lacking),
  lacks: [
    { keyId: 'a', reason: 'invalid' },
    { keyId: 'b', reason: 'no answer' },
    { keyId: 'c', reason: 'no answer' },
  ],
};

describe('keys without figures', () => {
  it('are grouped by reason, the most frequent first', () => {
    assert.deepEqual(missingGroups(ANSWER), [
      { reason: 'no answer', sentences: ['b has none.', 'c has none.'] },
      { reason: 'invalid', sentences: ['a has none.'] },
    ]);
  });

  it('are told by sentences alone where an earlier version saved the answer', () => {
    const { lacks: _lacks, ...answer } = ANSWER;
    assert.deepEqual(missingGroups({ ...answer, missing: [] }), [{ reason: '', sentences: ANSWER.problems }]);
    assert.equal(missingGroups(answer).length, 1);
    assert.deepEqual(missingGroups({ ...answer, missing: [], problems: [] }), []);
  });

  it('are counted among all keys that were asked about, a key with two units once', () => {
    const text = templateText(missingKeys(ANSWER, missingTitle));
    assert.equal(
      text,
      '3 of 4 keys are missing no answer (2) b has none.c has none. invalid (1) a has none.',
    );
    assert.equal(missingTitle(1, 22), '1 of 22 keys is missing');
    assert.equal(missingTitle(1, 1), 'The key is missing');
    assert.equal(missingBeforeTitle(1, 1), 'The key is missing in the period before');
    assert.equal(missingBeforeTitle(9, 22), '9 of 22 keys are missing in the period before');
  });

  it('stand in one line that is open only where there is nothing else to see', () => {
    const isOpen = (open?: boolean) =>
      /<details class="lacks" \?open=true>/.test(markup(missingKeys(ANSWER, missingTitle, open)));
    assert.deepEqual([isOpen(), isOpen(true)], [false, true]);
  });
});
