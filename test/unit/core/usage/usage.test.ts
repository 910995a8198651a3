import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type Coverage,
  type CoverageReason,
  completeCoverage,
  withUnreadableRows,
} from '../../../../src/core/usage/coverage.ts';
import { dropUnknownTotal } from '../../../../src/core/usage/dropUnknownTotal.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { at, HOUR, NOW } from '../../support/samples.ts';

const SPAN = { from: at(-HOUR), to: at(0) };

describe('coverage by a source that tells all of a range', () => {
  const range = { from: NOW - HOUR, to: NOW };

  it('is the range, up to now where that goes on', () => {
    assert.deepEqual(completeCoverage(range, NOW + 1), { complete: true, from: at(-HOUR), to: at(0) });
    assert.deepEqual(completeCoverage(range, NOW - 1), { complete: true, from: at(-HOUR), to: at(-1) });
  });
});

describe('coverage by a list some rows of which could not be read', () => {
  const CASES: readonly [coverage: Coverage, reason: CoverageReason][] = [
    [{ complete: true, ...SPAN }, 'unreadable-rows'],
    [{ complete: false, reason: 'not-yet-summed', ...SPAN }, 'unreadable-rows'],
    [{ complete: false, reason: 'broke-off', ...SPAN }, 'broke-off'],
    [{ complete: false, reason: 'whole-hours', ...SPAN }, 'whole-hours'],
    [{ complete: false, reason: 'changed' }, 'changed'],
  ];
  for (const [coverage, reason] of CASES) {
    it(`is not complete: ${coverage.reason ?? 'all rows came'} is told as ${reason}`, () => {
      assert.deepEqual(withUnreadableRows(coverage, 1), { ...coverage, complete: false, reason });
    });
    it(`is as it was where all rows could be read: ${coverage.reason ?? 'complete'}`, () => {
      assert.equal(withUnreadableRows(coverage, 0), coverage);
    });
  }
});

describe('a total', () => {
  const usage = (total: Usage['total'], complete: boolean): Usage => ({
    unit: { code: 'USD', source: 'gateway' },
    source: 'logs',
    total,
    byDay: [],
    coverage: { complete, ...SPAN },
  });
  const isKnown = (total: Usage['total'], complete: boolean) =>
    dropUnknownTotal(usage(total, complete)).total !== undefined;

  it('of 0 is known where the whole range is covered, or requests without cost were seen', () => {
    assert.equal(isKnown({ used: 0 }, true), true);
    assert.equal(isKnown({ used: 0, requests: 2 }, false), true);
  });

  it('of 0 is not known where a part is missing, and nothing that was summed up from it either', () => {
    for (const total of [{ used: 0 }, { used: 0, requests: 0 }]) {
      assert.deepEqual(dropUnknownTotal(usage(total, false)), {
        unit: { code: 'USD', source: 'gateway' },
        source: 'logs',
        coverage: { complete: false, ...SPAN },
      });
    }
  });

  it('that is not there stays so, with what was told of its parts', () => {
    const untold = usage(undefined, false);
    assert.equal(dropUnknownTotal(untold), untold);
  });

  it('of something is known though a part is missing', () => {
    assert.equal(isKnown({ used: 0.01 }, false), true);
    assert.equal(isKnown({ used: -0.01 }, false), true);
  });
});
