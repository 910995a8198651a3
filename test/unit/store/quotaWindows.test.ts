import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { budgetOfWindows } from '../../../src/core/quota/budgetOfWindows.ts';
import { headroomOf } from '../../../src/core/quota/headroom.ts';
import type { QuotaWindow } from '../../../src/core/quota/quotaWindow.ts';
import type { Reading } from '../../../src/core/quota/reading.ts';
import { parseStored, SHAPES } from '../../../src/store/storedShape.ts';
import { at, HOUR, reading } from '../support/samples.ts';

const windows: readonly QuotaWindow[] = [
  {
    name: 'month',
    unit: 'money',
    limit: 100,
    used: 25.5,
    remaining: 74.5,
    resetsAt: at(HOUR),
    every: 'monthly',
  },
  { name: '5h', unit: 'percent', used: 10 },
];
const stored = (value: unknown) => parseStored<Reading>(JSON.stringify(value), SHAPES.reading);

describe('quota windows in the database', () => {
  const whole = reading({ quota: { unlimited: true, used: 120 }, windows, budget: budgetOfWindows(windows) });

  it('come back as they were', () => assert.deepEqual(stored(whole), whole));

  it('with a member that is none, or of a unit or scope of a later version, are not believed', () => {
    for (const damaged of [
      { unit: 'minutes' },
      { unit: undefined },
      { name: 7 },
      { used: '88' },
      { limit: false },
      { resetsAt: 'soon' },
      { scope: 'galaxy' },
    ])
      assert.equal(
        stored({ ...whole, windows: [{ ...windows[0], ...damaged }] }),
        undefined,
        JSON.stringify(damaged),
      );
    assert.equal(stored({ ...whole, windows: { month: windows[0] } }), undefined);
  });

  it('show a version that knows none what is left of the tightest in money', () => {
    // Such a version passes over what it does not know.
    const { windows: _, ...known } = stored(whole) ?? assert.fail();
    const { from, remaining, total, unlimited } = headroomOf(known);
    assert.deepEqual([from, remaining, total, unlimited], ['budget', 74.5, 100, false]);
  });
});
