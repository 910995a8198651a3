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
      'No figures for 3 of 4 keys no answer (2) b has none.c has none. invalid (1) a has none.',
    );
    assert.equal(missingTitle(1, 22), 'No figures for 1 of 22 keys');
    assert.equal(missingTitle(1, 1), 'No figures for the key');
    assert.equal(missingBeforeTitle(1, 1), 'No figures for the key in the period before');
    assert.equal(missingBeforeTitle(9, 22), 'No figures for 9 of 22 keys in the period before');
  });

  it('have their reason beside their number where it is one for all', () => {
    const lacks = ANSWER.lacks?.map(({ keyId }) => ({ keyId, reason: 'waiting for a turn' }));
    assert.match(
      templateText(missingKeys({ ...ANSWER, lacks }, missingTitle)),
      /^No figures for 3 of 4 keys \(waiting for a turn\) /,
    );
  });

  it('stand in one line that is open only where there is nothing else to see', () => {
    const isOpen = (open?: boolean) =>
      /<details class="lacks" \?open=true>/.test(markup(missingKeys(ANSWER, missingTitle, open)));
    assert.deepEqual([isOpen(), isOpen(true)], [false, true]);
  });
});
