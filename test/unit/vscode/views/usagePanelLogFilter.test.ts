import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EMPTY_LOG_FORM } from '../../../../src/core/panels/logsForm.ts';
import { logFilterOf } from '../../../../src/vscode/panels/logFilter.ts';
import { NOW } from '../../support/samples.ts';

describe('the filter of the logs panel', () => {
  it('without dates ends now, so that new rows push no others onto the next page', () => {
    assert.deepEqual(definedOf(EMPTY_LOG_FORM), { to: NOW });
  });

  it('takes what was filled in, without blanks', () => {
    const form = {
      ...EMPTY_LOG_FORM,
      type: 'error',
      keyName: ' Cline ',
      model: 'claude-%',
      group: ' ',
    } as const;
    assert.deepEqual(definedOf(form), { type: 'error', keyName: 'Cline', model: 'claude-%', to: NOW });
    assert.deepEqual(definedOf({ ...EMPTY_LOG_FORM, model: ' gpt ', group: ' vip ', requestId: ' r1 ' }), {
      ...{ model: 'gpt', group: 'vip', requestId: 'r1' },
      to: NOW,
    });
  });

  it('takes two dates as whole days', () => {
    const { filter } = logFilterOf({ ...EMPTY_LOG_FORM, from: '2026-06-01', to: '2026-06-02' }, NOW);
    assert.equal(filter?.from, new Date(2026, 5, 1).getTime());
    assert.equal(filter?.to, new Date(2026, 5, 3).getTime() - 1);
    const blanks = logFilterOf({ ...EMPTY_LOG_FORM, from: ' 2026-06-01', to: '2026-06-02 ' }, NOW);
    assert.deepEqual(blanks.filter, filter);
    assert.deepEqual(definedOf({ ...EMPTY_LOG_FORM, from: ' ', to: ' ' }), { to: NOW });
  });

  it('refuses half a range and a wrong date before anything is asked', () => {
    const problem = (from: string, to: string) => logFilterOf({ ...EMPTY_LOG_FORM, from, to }, NOW).problem;
    assert.match(problem('2026-06-01', '') ?? '', /needs a start and an end/);
    assert.match(problem('', '2026-06-01') ?? '', /needs a start and an end/);
    assert.match(problem(' ', '2026-06-01') ?? '', /needs a start and an end/);
    assert.match(problem('2026-02-29', '2026-06-01') ?? '', /not a date/);
    assert.match(problem('2026-06-02', '2026-06-01') ?? '', /ends before/);
  });
});

function definedOf(form: Parameters<typeof logFilterOf>[0]): object {
  return JSON.parse(JSON.stringify(logFilterOf(form, NOW).filter)) as object;
}
