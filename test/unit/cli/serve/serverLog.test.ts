import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failureWords } from '../../../../src/cli/serve/failureWords.ts';
import { createServerLog } from '../../../../src/cli/serve/serverLog.ts';
import { FAILURE_CLASSES, FAILURE_REASONS } from '../../../../src/core/quota/failure.ts';

describe('the log of a server', () => {
  it('has each entry in one line, without what errors say for programmers alone', () => {
    const lines: string[] = [];
    const log = createServerLog(line => lines.push(line.replace(/^\S+ /, '')));
    log.warn('Spend could not be worked out: Error: database is locked\n    at run (store.ts:1:2)\n    at x');
    log.info('“A\nB”: no answer');
    assert.deepEqual(lines, [
      'warn Spend could not be worked out: another program keeps the database locked',
      'info “A ⏎ B”: no answer',
    ]);
  });

  it('says why there is no figure without a private code', () => {
    const codes = [...FAILURE_CLASSES, ...FAILURE_REASONS].filter(code => code.includes('-'));
    for (const failureClass of FAILURE_CLASSES)
      for (const reason of FAILURE_REASONS) {
        const words = failureWords({ class: failureClass, reason });
        assert.ok(!codes.some(code => words.includes(code)), `${reason}: ${words}`);
      }
    assert.equal(
      failureWords({ class: 'bad-key', reason: 'refused-key' }),
      'its gateway does not accept its secret',
    );
  });
});
