import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Coverage } from '../../../../src/core/usage/coverage.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { pickUsage } from '../../../../src/services/usage/pickUsage.ts';
import { at, HOUR, NOW } from '../../support/samples.ts';

const RANGE = { from: NOW - 10 * HOUR, to: NOW };
const of = (coverage: Coverage, used: number | undefined = 1): Usage => ({
  unit: { code: 'USD', source: 'gateway' },
  ...(used !== undefined && { total: { used } }),
  coverage,
  source: 'gateway',
});
const since = (hours: number, gaps?: Coverage['gaps']) =>
  of({ complete: false, from: at(-hours * HOUR), to: at(0), ...(gaps && { gaps }) });

describe('the usage of several that a range is told by', () => {
  it('is the one that covers most of it', () => {
    const [short, long, whole] = [since(2), since(9), of({ complete: true })];
    assert.equal(pickUsage(RANGE, [short, undefined, long]), long);
    assert.equal(pickUsage(RANGE, [short, whole, long]), whole);
    assert.equal(pickUsage(RANGE, [undefined]), undefined);
  });

  it('is the first of equals', () => {
    const [first, second] = [since(2), since(2)];
    assert.equal(pickUsage(RANGE, [first, second]), first);
  });

  it('is one with gaps only where it covers more all the same', () => {
    const gap = (hours: number) => since(9, [{ from: at(-8 * HOUR), to: at((hours - 8) * HOUR) }]);
    const short = since(5);
    const [little, much] = [gap(3), gap(5)];
    assert.equal(pickUsage(RANGE, [short, little]), little);
    assert.equal(pickUsage(RANGE, [short, much]), short);
  });

  it('is none without figures where another has some', () => {
    const untold = { ...since(9), total: undefined };
    const some = of({ complete: false });
    assert.equal(pickUsage(RANGE, [untold, some]), some);
    assert.equal(pickUsage(RANGE, [untold]), untold);
  });
});
