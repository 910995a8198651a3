import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { localDay, localDays, parseRange, type RangeProblem } from '../../../../src/core/usage/range.ts';
import { presetEnds, RANGE_PRESETS } from '../../../../src/core/usage/rangePresets.ts';
import { forAll } from '../../support/forAll.ts';

const NOW = new Date(2026, 5, 15, 12).getTime();
const HOUR = 3_600_000;

describe('a range', () => {
  const refused: readonly [from: unknown, to: unknown, problem: RangeProblem][] = [
    ['2026-06-01', undefined, 'half'],
    [undefined, '2026-06-01', 'half'],
    ['', '2026-06-01', 'half'],
    ['2026-06-10', '2026-06-01', 'reversed'],
    ['2026-07-01', '2026-07-02', 'future'],
    [1_780_000_000_000, 1_780_100_000_000, 'milliseconds'],
    ['2025-02-29', '2025-03-01', 'not-a-date'],
    ['2026-06-31', '2026-07-01', 'not-a-date'],
    ['2026/06/01', '2026/06/02', 'not-a-date'],
    ['yesterday', 'today', 'not-a-date'],
    [{}, [], 'not-a-date'],
    ['2025-05-01', '2026-06-01', 'too-long'],
  ];
  for (const [from, to, problem] of refused) {
    it(`${JSON.stringify(from)} to ${JSON.stringify(to)} is refused: ${problem}`, () => {
      assert.equal(parseRange(from, to, NOW).problem, problem);
    });
  }

  it('of days begins at the first midnight and ends with the last millisecond before the next', () => {
    const { range } = parseRange('2026-06-01', '2026-06-02', NOW);
    assert.equal(range?.from, new Date(2026, 5, 1).getTime());
    assert.equal(range?.to, new Date(2026, 5, 3).getTime() - 1);
  });

  it('takes 29 February of a leap year', () => {
    assert.equal(parseRange('2024-02-29', '2024-02-29', NOW).range?.from, new Date(2024, 1, 29).getTime());
  });

  it('takes epoch seconds and moments', () => {
    assert.deepEqual(parseRange(1_700_000_000, 1_700_100_000, NOW).range, {
      from: 1_700_000_000_000,
      to: 1_700_100_000_000,
    });
    const { range } = parseRange('2026-06-01T10:00:00Z', '2026-06-01T11:30:00Z', NOW);
    assert.equal((range?.to ?? 0) - (range?.from ?? 0), 1.5 * HOUR);
  });

  it('lists every day once, in order, whatever its length', () => {
    forAll(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 40 })), ([start, days]) => {
      const from = new Date(2024, 0, 1 + start).getTime();
      const to = new Date(2024, 0, 1 + start + days, 23, 59).getTime();
      const list = localDays({ from, to });
      return list.length === days + 1 && list[0] === localDay(from) && list.at(-1) === localDay(to);
    });
  });
});

describe('preset ranges', () => {
  it('are what their names say, seen from 15 June 2026', () => {
    const ends = Object.fromEntries(RANGE_PRESETS.map(preset => [preset, presetEnds(preset, NOW)]));
    assert.deepEqual(ends.today, { from: '2026-06-15', to: '2026-06-15' });
    assert.deepEqual(ends.yesterday, { from: '2026-06-14', to: '2026-06-14' });
    assert.deepEqual(ends['last-7-days'], { from: '2026-06-09', to: '2026-06-15' });
    assert.deepEqual(ends['last-30-days'], { from: '2026-05-17', to: '2026-06-15' });
    assert.deepEqual(ends['this-month'], { from: '2026-06-01', to: '2026-06-15' });
    assert.deepEqual(ends['last-month'], { from: '2026-05-01', to: '2026-05-31' });
    assert.deepEqual(ends['this-quarter'], { from: '2026-04-01', to: '2026-06-15' });
  });

  it('last month from the 31st is the whole month before, not the same month', () => {
    const march31 = new Date(2026, 2, 31, 12).getTime();
    assert.deepEqual(presetEnds('last-month', march31), { from: '2026-02-01', to: '2026-02-28' });
  });

  it('each can be asked for', () => {
    for (const preset of RANGE_PRESETS) {
      const { from, to } = presetEnds(preset, NOW);
      assert.ok(parseRange(from, to, NOW).range, preset);
    }
  });
});

describe('the edges of a range', () => {
  const SECOND = 1000;
  const DAY_SECONDS = 86_400;
  const problem = (from: unknown, to: unknown) => parseRange(from, to, NOW).problem;
  const now = NOW / SECOND;

  it('may be one moment, begin now, and be 367 days apart', () => {
    assert.equal(problem(now, now), undefined);
    assert.equal(problem(now - 367 * DAY_SECONDS, now), undefined);
    assert.equal(problem(now - 367 * DAY_SECONDS - 1, now), 'too-long');
    assert.equal(problem(now + 1, now + 2), 'future');
    assert.equal(problem(now, now - 1), 'reversed');
  });

  it('are both there, and both in seconds', () => {
    assert.equal(problem(null, now), 'half');
    assert.equal(problem(now, null), 'half');
    assert.equal(problem(now, NOW), 'milliseconds');
    assert.equal(problem(NOW, now), 'milliseconds');
    assert.equal(problem(-NOW, now), 'milliseconds');
  });

  it('are numbers of seconds after 1970, or texts', () => {
    assert.deepEqual(parseRange(0, 0, NOW).range, { from: 0, to: 0 });
    assert.equal(problem(-1, 0), 'not-a-date');
    assert.equal(problem(0, 1e11 - 1), 'too-long');
    assert.equal(problem(0, 1e11), 'milliseconds', 'from the year 5138 on');
    assert.equal(problem('1780000000000', now), 'not-a-date', 'a number as text is neither');
    for (const odd of [-1, Number.NaN, Number.POSITIVE_INFINITY, true, { year: 2026 }]) {
      assert.notEqual(problem(odd, now), undefined, String(odd));
      assert.notEqual(problem(now, odd), undefined, String(odd));
    }
  });

  it('are days that exist, with and without a time', () => {
    for (const odd of [
      '2026-06-31T10:00',
      '2025-02-29T00:00:00Z',
      '2026-13-01',
      '2026-06-01T25:00',
      '2026-06-01 10:00',
      'June 1, 2026',
    ])
      assert.equal(problem(odd, now), 'not-a-date', odd);
  });
});
