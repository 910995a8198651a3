import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { EMPTY_LOG_FORM } from '../../../src/core/panels/logsForm.ts';
import { logsPageRequest, savedLogsPanel } from '../../../src/core/panels/logsMessages.ts';
import { reportSchema } from '../../../src/core/panels/reportSchema.ts';
import { savedUsagePanel, usagePageRequest } from '../../../src/core/panels/usageMessages.ts';
import { forAll } from '../support/forAll.ts';
import { report, tallied } from './usageReports.ts';

describe('a message of a page to its host', () => {
  const GOOD = [
    { type: 'ready' },
    { type: 'askPreset', preset: 'last-7-days' },
    { type: 'askRange', from: '2026-06-01', to: '2026-06-02' },
    { type: 'compare', on: true },
    { type: 'export', format: 'csv' },
    { type: 'export', format: 'csv', only: { model: { id: 'gpt', name: 'gpt' } } },
  ];
  const BAD = [
    undefined,
    null,
    'ready',
    { type: 'quit' },
    { type: 'askPreset', preset: 'all-time' },
    { type: 'askRange', from: 1, to: 2 },
    { type: 'askRange', from: '2026-06-01' },
    { type: 'askRange', from: 'x'.repeat(41), to: '2026-06-02' },
    { type: 'export', format: 'exe' },
    { type: 'export', format: 'constructor' },
    { type: 'compare', on: 'yes' },
  ];
  for (const message of GOOD) {
    it(`is accepted: ${JSON.stringify(message)}`, () => assert.ok(v.is(usagePageRequest, message)));
  }
  for (const message of BAD) {
    it(`is ignored: ${String(JSON.stringify(message)).slice(0, 60)}`, () =>
      assert.ok(!v.is(usagePageRequest, message)));
  }

  it('cannot choose the keys', () => {
    const parsed = v.parse(usagePageRequest, {
      type: 'askRange',
      from: '2026-06-01',
      to: '2026-06-02',
      keyIds: ['someone else’s'],
    });
    assert.deepEqual(Object.keys(parsed).sort(), ['from', 'to', 'type']);
  });

  it('of any other form is ignored and throws nothing', () => {
    forAll(fc.anything(), message => {
      const isReady = typeof message === 'object' && message !== null && 'type' in message;
      return !v.is(usagePageRequest, message) || isReady;
    });
  });

  it('of the logs page is a filter of texts or a row to copy', () => {
    assert.ok(v.is(logsPageRequest, { type: 'search', form: EMPTY_LOG_FORM }));
    assert.ok(v.is(logsPageRequest, { type: 'copy', row: 3 }));
    assert.ok(v.is(logsPageRequest, { type: 'chooseKey', keyId: 'k' }));
    assert.ok(!v.is(logsPageRequest, { type: 'chooseKey' }));
    assert.ok(!v.is(logsPageRequest, { type: 'copy', row: -1 }));
    assert.ok(!v.is(logsPageRequest, { type: 'copy', row: 'secret' }));
    assert.ok(!v.is(logsPageRequest, { type: 'search', form: { ...EMPTY_LOG_FORM, type: 'other' } }));
    assert.ok(
      !v.is(logsPageRequest, { type: 'search', form: { ...EMPTY_LOG_FORM, model: 'm'.repeat(301) } }),
    );
  });
});

describe('the state that VS Code saved over a reload', () => {
  it('restores reports unchanged', () => {
    forAll(
      tallied,
      each => {
        const back: unknown = JSON.parse(JSON.stringify(each));
        const parsed = v.safeParse(reportSchema, back);
        assert.deepEqual(parsed.output, back);
        return parsed.success;
      },
      200,
    );
  });

  it('is ignored where it has another form', () => {
    const answer = { question: { keyIds: ['a'], from: '2026-06-01', to: '2026-06-02' }, reports: [report()] };
    assert.ok(v.is(savedUsagePanel, { answer, comparing: false }));
    assert.ok(
      v.is(savedUsagePanel, { answer: { question: answer.question }, comparing: false }),
      'without reports',
    );
    const lacking = { ...answer, problems: ['“Old” was refused.'] };
    assert.deepEqual(
      v.parse(savedUsagePanel, { answer: lacking, comparing: false }).answer.problems,
      lacking.problems,
    );
    assert.ok(!v.is(savedUsagePanel, { answer: { ...answer, problems: [7] }, comparing: false }));
    assert.ok(!v.is(savedUsagePanel, { answer, comparing: 'no' }));
    assert.ok(
      !v.is(savedUsagePanel, {
        answer: { ...answer, reports: [{ ...report(), total: { used: '1' } }] },
        comparing: false,
      }),
    );
    assert.ok(!v.is(savedUsagePanel, {}));
    assert.ok(!v.is(savedLogsPanel, { keyId: 7, form: EMPTY_LOG_FORM }));
  });
});
