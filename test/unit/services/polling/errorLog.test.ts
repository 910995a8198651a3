import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ErrorLog } from '../../../../src/services/polling/errorLog.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR } from '../../support/samples.ts';

describe('errors in the log', () => {
  let clock: ManualClock;
  let lines: string[];
  let complaints: ErrorLog;

  beforeEach(() => {
    clock = new ManualClock();
    lines = [];
    const silent = () => undefined;
    const warn = (line: string) => lines.push(line);
    complaints = new ErrorLog({ log: { info: silent, debug: silent, show: silent, warn }, clock });
  });

  const fail = (words: string) =>
    complaints.runAndLog(() => {
      throw new Error(words);
    });

  it('are logged in place of being thrown', () => {
    fail('database is locked');
    assert.deepEqual(lines, ['The monitor was kept from its work: Error: database is locked']);
  });

  it('are written once an hour about the same trouble', () => {
    fail('locked');
    clock.jump(HOUR - 1);
    fail('locked');
    assert.equal(lines.length, 1);
    clock.jump(1);
    fail('locked');
    assert.equal(lines.length, 2);
  });

  it('are written at once about another trouble', () => {
    fail('locked');
    fail('full');
    assert.equal(lines.length, 2);
  });
});
