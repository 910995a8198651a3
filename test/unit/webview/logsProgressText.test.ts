import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogsProgress } from '../../../src/core/panels/logsMessages.ts';
import { endText, rowCountText, summaryText } from '../../../src/webview/logs/logsProgressText.ts';

const words = (shown: number, more: Partial<LogsProgress>) => rowCountText(shown, more as LogsProgress);

describe('how many rows of a log are on the page', () => {
  for (const [expected, shown, more] of [
    ['0 rows', 0, { total: 0 }],
    ['0 of 7 rows', 0, { total: 7 }],
    ['7 of 7 rows', 7, { total: 7 }],
    ['7 of at least 100 rows', 7, { total: 100, isTotalLeast: true }],
    ['7 rows', 7, {}],
    ['1 row', 1, {}],
    ['1 row', 1, { total: 1 }],
    ['0 of 1 row', 0, { total: 1 }],
    ['7 rows', 7, { total: 5 }],
    ['7 rows', 7, { total: 0, isTotalLeast: true }],
  ] as const) {
    it(`is “${expected}”`, () => assert.equal(words(shown, more), expected));
  }
});

describe('what is known of a log', () => {
  const UNIT = { code: 'USD', source: 'gateway' } as const;
  const summary = (more: Partial<LogsProgress>) => summaryText(2, { unit: UNIT, ...more });

  it('is nothing before the first answer', () => {
    assert.equal(summaryText(0, {}), '');
  });

  it('is the number of rows, and what was spent in all of them where the gateway sums it up', () => {
    assert.equal(summary({}), '2 rows');
    assert.equal(summary({ summary: { used: 1.5 } }), '2 rows · Spent in all of them: $1.50');
  });

  it('is no sum that the rows contradict', () => {
    assert.equal(
      summary({ summary: { used: 0, isContradicted: true } }),
      '2 rows · The gateway’s summary says $0.00, which its own rows contradict',
    );
  });

  it('is how many rows could not be read, and which parts of the filter the gateway ignores', () => {
    assert.equal(
      summary({ unreadable: 3, appliedHere: ['model', 'group'], notApplied: ['requestId'] }),
      [
        '2 rows',
        'Rows that could not be read: 3',
        'The gateway ignores a part of the filter, so it was applied here: Model, Group',
        'Not filtered by this, because the gateway does not report it: Request ID',
      ].join(' · '),
    );
  });
});

describe('the end of a log', () => {
  const shown = 7;

  it('is none while there may be more', () => assert.equal(endText({}, shown), ''));

  it('says that all rows are there, or that there is none', () => {
    assert.equal(endText({ end: 'whole' }, shown), 'These are all rows.');
    assert.equal(endText({ end: 'whole' }, 0), 'The gateway has no rows for this filter.');
    assert.equal(endText({ end: 'whole' }, 0, false), 'The gateway has no rows in this request log.');
  });

  it('calls rows neither all nor none where some could not be read', () => {
    for (const rows of [0, shown]) {
      assert.equal(endText({ end: 'whole', unreadable: 1 }, rows), 'There are no more rows.');
    }
  });

  it('says why rows may be missing', () => {
    assert.equal(endText({ end: 'cut-short' }, shown), 'The gateway counts more rows than it sends.');
    assert.equal(
      endText({ end: 'repeats' }, shown),
      'The gateway repeats its pages; there may be rows it does not show.',
    );
    assert.equal(
      endText({ end: 'too-many' }, shown),
      'There are more rows than can be read. Narrow the filter.',
    );
  });
});
