import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkAgainstReading } from '../../../../src/services/usage/plausibility.ts';
import { at, DAY, HOUR, NOW, reading } from '../../support/samples.ts';

const RANGE = { from: NOW - DAY, to: NOW };

describe('an empty log beside a key that was never used', () => {
  const usage = {
    unit: { code: 'USD', source: 'gateway' },
    source: 'logs',
    coverage: { complete: false, reason: 'empty-log' },
  } as const;
  const readAt = (ms: number) =>
    reading({ takenAt: at(ms), quota: { unlimited: false, used: 0, remaining: 5 } });

  it('is 0 as far as the reading reaches into the range, and nothing where it is older', () => {
    const told = checkAgainstReading(usage, readAt(-HOUR), 0, RANGE, NOW).usage;
    assert.deepEqual([told.total?.used, told.coverage.to], [0, at(-HOUR)]);
    assert.deepEqual(checkAgainstReading(usage, readAt(-2 * DAY), 0, RANGE, NOW).usage, usage);
  });
});
