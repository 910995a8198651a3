import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogsProgress } from '../../../src/core/panels/logsMessages.ts';
import { rowCountText } from '../../../src/webview/logs/logsProgressText.ts';

const words = (shown: number, more: Partial<LogsProgress>) => rowCountText(shown, more as LogsProgress);

describe('how many rows of a log are on the page', () => {
  for (const [expected, shown, more] of [
    ['0 rows', 0, { total: 0 }],
    ['0 of 7 rows', 0, { total: 7 }],
    ['7 of 7 rows', 7, { total: 7 }],
    ['7 of at least 100 rows', 7, { total: 100, isTotalLeast: true }],
    ['7 rows', 7, {}],
  ] as const) {
    it(`is “${expected}”`, () => assert.equal(words(shown, more), expected));
  }
});
